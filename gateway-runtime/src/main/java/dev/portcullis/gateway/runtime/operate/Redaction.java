package dev.portcullis.gateway.runtime.operate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hides what may be a secret in a configuration that is to be shown; for the operator views and the commands. */
public final class Redaction {
    /** Stands for a hidden value. The reference gateway's word, because clients know that it is not a value. */
    public static final String HIDDEN = "__OPENCLAW_REDACTED__";

    /** Names of values that are secret, without separators; rather one too many than one too few. */
    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(token|password|passwd|passphrase|secret|apikey|accesskey|privatekey|credential|authorization|bearer|cookie).*"
                    + "|pat|pwd|key|auth");

    /** Names of objects whose values may all be secret. */
    private static final Pattern SECRET_BLOCK = Pattern.compile("env|headers|environment|vars");

    /** Values that are secret under any name. */
    private static final Pattern SECRET_VALUE = Pattern.compile(
            "(sk-|gh[pousr]_|github_pat_|glpat-|xox[a-z]-|AIza|ya29\\.|npm_|pypi-|hf_|AKIA|eyJ)[A-Za-z0-9_.-]{10,}"
                    + "|(?s:.*-----BEGIN [A-Z ]*PRIVATE KEY-----.*)");

    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s]+(?=@)");

    private Redaction() {}

    /** The same plain value, with everything hidden that looks like a secret by its name or by itself. */
    public static @Nullable Object redact(@Nullable Object value) {
        return redact(value, false);
    }

    private static @Nullable Object redact(@Nullable Object value, boolean secret) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> shown = new LinkedHashMap<>();
                boolean reference = isReference(map);
                map.forEach((key, one) -> {
                    String name = String.valueOf(key);
                    shown.put(name, redact(one, !reference && (secret || isSecret(name, one))));
                });
                yield shown;
            }
            case List<?> list -> {
                List<@Nullable Object> shown = new ArrayList<>();
                list.forEach(one -> shown.add(redact(one, secret)));
                yield shown;
            }
            case String text when secret -> text.isEmpty() ? text : HIDDEN;
            case String text ->
                SECRET_VALUE.matcher(text).matches()
                        ? HIDDEN
                        : USER_INFO.matcher(text).replaceAll(HIDDEN);
            case Number number when secret -> HIDDEN;
            case null, default -> value;
        };
    }

    private static boolean isSecret(String key, @Nullable Object value) {
        String name = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (value instanceof Map) {
            return SECRET_BLOCK.matcher(name).matches()
                    || (SECRET_NAME.matcher(name).matches() && !name.equals("auth") && !name.equals("key"));
        }
        // Counts, such as maxTokens, are no secrets; a numeric password is one.
        return SECRET_NAME.matcher(name).matches() && !(value instanceof Number && name.contains("token"));
    }

    /** A secret that is kept elsewhere; says where, not what. */
    private static boolean isReference(Map<?, ?> map) {
        return map.containsKey("source") && map.containsKey("id") && map.size() <= 3;
    }
}
