package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shows a configuration without what somebody could log in with. What a value means is known of the keys that this gateway reads; of
 * all others - blocks of plugins, sections of the reference gateway - the type is shown, unless somebody who may asks for more. What
 * is a secret by its name or its form is never shown.
 */
public final class ConfigRedaction {
    /** Stands where a secret was. Never accepted as one: somebody copied what was shown. */
    public static final String REDACTED = "__OPENCLAW_REDACTED__";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "token|password|passwd|passphrase|secret|api_?key|private_?key|credential|authorization|cookie|key$",
            Pattern.CASE_INSENSITIVE);
    /** Names that look like secrets and are none: {@code session.mainKey}, sections, and limits counted in tokens. */
    private static final Set<String> NO_SECRETS = Set.of(
            "mainkey",
            "sessionkey",
            "defaultsessionkey",
            "publickey",
            "secrets",
            "maxtokens",
            "tokens",
            "authorizationurl");

    /** Below these, names are ids that somebody chose: a plugin called {@code api-key} is no secret. */
    private static final Set<String> CHOSEN_BELOW = Set.of("entries", "providers");

    /** Says where a secret is, not what it is. */
    private static final Set<String> REFERENCE = Set.of("source", "provider", "id");

    private static final Set<String> SOURCES = Set.of("env", "file", "exec");

    /** Stand where a value was whose meaning is not known. */
    private static final String TEXT = "<text>";

    private static final String NUMBER = "<number>";

    private static final Pattern URL = Pattern.compile("(?i)\\b([a-z][a-z0-9+.-]*://)(\\S+)");
    private static final Pattern URL_LOGIN = Pattern.compile("^[^/?#]*@");

    /** From the first question mark or hash on: names stay, values go. */
    private static final Pattern URL_VALUES =
            Pattern.compile("([?&;#][^=&;#]*=)[^&;#]+|([?&;#])[^=&;#]{16,}(?=$|[&;#])");

    private static final Pattern SECRET_VALUE =
            Pattern.compile("\\b(?:sk-|ghp_|github_pat_|glpat-|xox[a-z]-|xapp-|AIza|"
                    + "ya29\\.|npm_|pypi-|hf_)[\\w.-]{6,}|\\beyJ[\\w-]{10,}\\.[\\w.-]+|(?i:bearer|basic)\\s+[\\w.~+/-]{8,}=*"
                    + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*");

    private ConfigRedaction() {}

    /** The document as plain values: secrets replaced, and of values whose meaning is not known the type. */
    public static Map<String, Object> redact(GatewayConfig config) {
        return redact(config, config.document().keys());
    }

    /** The same with the values, as far as neither name nor form says that they are secrets. For who may change everything. */
    public static Map<String, Object> redactSecrets(GatewayConfig config) {
        return redact(config, KnownKeys.ALL);
    }

    /** Whether a text is what stands for a value in what was shown. */
    public static boolean standsForAValue(String text) {
        return text.contains(REDACTED) || text.equals(TEXT) || text.equals(NUMBER);
    }

    private static Map<String, Object> redact(GatewayConfig config, KnownKeys keys) {
        List<String> known = Stream.of(config.auth().token(), config.auth().password())
                .flatMap(Optional::stream)
                .map(Secret::reveal)
                .filter(secret -> secret.length() >= 4)
                .toList();
        return new View(keys, known).object(ConfigPath.ROOT, config.document().root());
    }

    /** Every secret of a configuration: those of the gateway, and what stands where secrets stand, references resolved. */
    static List<String> secrets(GatewayConfig config) {
        List<String> secrets = new ArrayList<>();
        Stream.of(config.auth().token(), config.auth().password())
                .flatMap(Optional::stream)
                .map(Secret::reveal)
                .forEach(secrets::add);
        Stream.of(config.remote().token(), config.remote().password())
                .flatMap(Optional::stream)
                .forEach(secret -> secrets.add(secret.reveal()));
        config.diagnostics().otel().headers().values().forEach(value -> secrets.add(value.reveal()));
        collect(ConfigPath.ROOT, config.document().root(), secrets);
        config.plugins()
                .entries()
                .forEach((name, entry) -> resolved(
                        entry.config(),
                        below(config.document().root(), "plugins", "entries", name, "config"),
                        secrets));
        return secrets;
    }

    private static @Nullable Object below(Map<?, ?> root, String... names) {
        Object found = root;
        for (String name : names) {
            found = found instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return found;
    }

    /** What a reference stands for is a secret, whatever the key is called. */
    private static void resolved(@Nullable Object value, @Nullable Object written, List<String> into) {
        if (!(written instanceof Map<?, ?> object)) {
            return;
        }
        if (value instanceof String text) {
            into.add(text);
        } else if (value instanceof Map<?, ?> inner) {
            object.forEach((key, below) -> resolved(inner.get(key), below, into));
        }
    }

    private static void collect(ConfigPath path, @Nullable Object value, List<String> into) {
        if (value instanceof Map<?, ?> object) {
            if (!object.keySet().equals(REFERENCE)) {
                object.forEach((key, inner) -> collect(path.child(String.valueOf(key)), inner, into));
            }
        } else if (value instanceof List<?> items) {
            items.forEach(item -> collect(path, item, into));
        } else if (value instanceof String text) {
            // all of env is hidden where a configuration is shown; its texts are secrets only by their names
            boolean variable = path.names().getFirst().equals("env");
            if (variable ? secretName(path.names().getLast()) : secret(path)) {
                into.add(text);
            }
        }
    }

    /** Whether a variable is a secret by its name. */
    static boolean secretName(String name) {
        return SECRET_NAME.matcher(name).find();
    }

    /** Whether the value at a path is a secret by its name. */
    static boolean secret(ConfigPath path) {
        String above = "";
        for (String name : path.names()) {
            boolean looks = SECRET_NAME.matcher(name).find()
                    && !NO_SECRETS.contains(name.toLowerCase(Locale.ROOT))
                    && !CHOSEN_BELOW.contains(above);
            // what is sent to others as a header is how one logs in there
            if (looks || above.equals("headers")) {
                return true;
            }
            above = name;
        }
        return path.names().size() > 1 && path.names().getFirst().equals("env");
    }

    /**
     * One way of showing it.
     *
     * @param keys whose values may be shown
     * @param secrets that must not be, wherever they stand
     */
    private record View(KnownKeys keys, List<String> secrets) {
        Map<String, Object> object(ConfigPath path, Map<?, ?> written) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            written.forEach((key, value) -> {
                String name = String.valueOf(key);
                shown.put(name, value(path.child(name), value));
            });
            @SuppressWarnings("NullAway") // JSON has null, and Map<String, Object> is what other rooms speak.
            Map<String, Object> result = Collections.unmodifiableMap(shown);
            return result;
        }

        private @Nullable Object value(ConfigPath path, @Nullable Object value) {
            return switch (value) {
                case null -> null;
                case Map<?, ?> object -> isReference(object) ? object : object(path, object);
                case List<?> items -> {
                    List<@Nullable Object> shown = new ArrayList<>();
                    for (int i = 0; i < items.size(); i++) {
                        shown.add(value(path.item(i), items.get(i)));
                    }
                    yield Collections.unmodifiableList(shown);
                }
                case Boolean flag -> flag;
                case String text -> text.isEmpty() ? text : text(path, text);
                // maxTokens and its like are limits.
                default ->
                    secret(path) && !path.toString().endsWith("okens") ? REDACTED : keys.has(path) ? value : NUMBER;
            };
        }

        private String text(ConfigPath path, String text) {
            if (secret(path)) {
                return REDACTED;
            }
            if (!keys.has(path)) {
                return TEXT;
            }
            String shown = text;
            for (String secret : secrets) {
                shown = shown.replace(secret, REDACTED);
            }
            shown = URL.matcher(shown)
                    .replaceAll(url -> Matcher.quoteReplacement(url.group(1) + withoutValues(url.group(2))));
            return SECRET_VALUE.matcher(shown).replaceAll(REDACTED);
        }
    }

    /** What a URL has behind its scheme, without who logs in, and without the values of its query and its fragment. */
    private static String withoutValues(String rest) {
        String shown = URL_LOGIN.matcher(rest).replaceFirst(REDACTED + "@");
        return URL_VALUES
                .matcher(shown)
                .replaceAll(found -> Matcher.quoteReplacement(
                        (found.group(1) == null ? found.group(2) : found.group(1)) + REDACTED));
    }

    /** Says where a secret is, if somebody did not put one into such an object. */
    private static boolean isReference(Map<?, ?> object) {
        return object.keySet().equals(REFERENCE)
                && object.get("source") instanceof String source
                && SOURCES.contains(source)
                && object.values().stream().allMatch(String.class::isInstance);
    }
}
