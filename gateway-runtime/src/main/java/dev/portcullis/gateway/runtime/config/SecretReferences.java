package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where secrets are when they are not written down: {@code {source, provider, id}}, {@code "${NAME}"} or {@code "$NAME"}. */
final class SecretReferences {
    private static final Pattern SHORT = Pattern.compile("\\$([A-Z][A-Z0-9_]{0,127})");
    private static final Pattern ENV_ID = Pattern.compile("[A-Z][A-Z0-9_]{0,127}");
    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

    private final Section secrets;
    private final ConfigEnvironment environment;
    private final SecretFiles files;
    private final Problems problems;

    /** @param secrets the section {@code secrets} of the document */
    SecretReferences(Section secrets, ConfigEnvironment environment, SecretFiles files, Problems problems) {
        this.secrets = secrets;
        this.environment = environment;
        this.files = files;
        this.problems = problems;
    }

    /** A secret of a section, trimmed; problems with it are reported. A blank text is one. */
    Optional<Secret> secret(Section section, String key) {
        return section.node(key).flatMap(node -> secret(section.path(key), node));
    }

    /** Plain values of a plugin's own block, references in it resolved. */
    @Nullable
    Object resolved(ConfigPath path, Node node) {
        return switch (node) {
            case Node.Scalar scalar -> {
                if (!scalar.unset().isEmpty()) {
                    Section.unset(problems, path, scalar);
                }
                yield scalar.value();
            }
            case Node.Sequence sequence -> {
                List<@Nullable Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(resolved(path.item(items.size()), item)));
                yield Collections.unmodifiableList(items);
            }
            case Node.Mapping mapping -> {
                if (reference(mapping)) {
                    yield secret(path, mapping).map(Secret::reveal).orElse("");
                }
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(key, resolved(path.child(key), value)));
                yield Collections.unmodifiableMap(entries);
            }
        };
    }

    private static boolean reference(Node.Mapping mapping) {
        return mapping.entries().keySet().containsAll(Set.of("source", "id"))
                && Set.of("source", "provider", "id")
                        .containsAll(mapping.entries().keySet());
    }

    private Optional<Secret> secret(ConfigPath path, Node node) {
        if (node instanceof Node.Mapping mapping) {
            return referred(path, mapping);
        }
        if (!(node instanceof Node.Scalar scalar) || !(scalar.value() instanceof String text)) {
            problems.error(
                    node.at(),
                    path,
                    "expected a text or {source, provider, id}, got " + node.kind(),
                    "Write the secret in quotes, or say where it is.");
            return Optional.empty();
        }
        if (!scalar.unset().isEmpty()) {
            Section.unset(problems, path, scalar);
            return Optional.empty();
        }
        var shorthand = SHORT.matcher(text.strip());
        if (shorthand.matches()) {
            return variable(path, node, shorthand.group(1));
        }
        return Optional.of(new Secret(text.strip()));
    }

    private Optional<Secret> referred(ConfigPath path, Node.Mapping mapping) {
        String source = text(mapping, "source");
        String id = text(mapping, "id");
        String provider = text(mapping, "provider");
        if (provider.isEmpty()) {
            provider = defaultProvider(source);
        }
        if (!reference(mapping) || id.isEmpty() || !PROVIDER.matcher(provider).matches()) {
            problems.error(
                    mapping.at(),
                    path,
                    "expected a text or {source, provider, id}, got another object",
                    "Write for example { source: \"env\", provider: \"default\", id: \"MY_TOKEN\" }.");
            return Optional.empty();
        }
        return switch (source) {
            case "env" -> environment(path, mapping, provider, id);
            case "file" -> file(path, mapping, provider, id);
            case "exec", "store" -> {
                problems.error(
                        mapping.at(),
                        path,
                        "secrets from \"" + source + "\" are not supported",
                        "Use source \"env\" or \"file\", and let whatever starts the gateway fill it.");
                yield Optional.empty();
            }
            default -> {
                problems.error(
                        mapping.at(),
                        path,
                        "\"" + source + "\" is not a source of secrets: env, file",
                        Nearest.question(source, List.of("env", "file")));
                yield Optional.empty();
            }
        };
    }

    private Optional<Secret> environment(ConfigPath path, Node.Mapping reference, String provider, String id) {
        if (!ENV_ID.matcher(id).matches()) {
            problems.error(
                    reference.at(), path, "\"" + id + "\" is not the name of a variable", "Use A-Z, 0-9 and _ only.");
            return Optional.empty();
        }
        Optional<Section> configured = provider(provider);
        if (configured.isPresent()) {
            String source = configured.get().text("source").orElse("env");
            if (!source.equals("env")) {
                return wrongSource(path, reference, provider, source);
            }
            var allowed = configured.get().texts("allowlist");
            if (allowed.isPresent() && !allowed.get().contains(id)) {
                problems.error(
                        reference.at(),
                        path,
                        "the provider \"" + provider + "\" does not allow the variable " + id,
                        "Add it to secrets.providers." + provider + ".allowlist.");
                return Optional.empty();
            }
        } else if (!provider.equals(defaultProvider("env"))) {
            return noProvider(path, reference, provider);
        }
        return variable(path, reference, id);
    }

    private Optional<Secret> variable(ConfigPath path, Node reference, String name) {
        String value = environment.variables().getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            problems.error(
                    reference.at(),
                    path,
                    "it refers to the variable " + name + ", which is not set",
                    "Set " + name + ".");
            return Optional.empty();
        }
        return Optional.of(new Secret(value));
    }

    private Optional<Secret> file(ConfigPath path, Node.Mapping reference, String provider, String id) {
        Optional<Section> configured = provider(provider);
        if (configured.isEmpty()) {
            return noProvider(path, reference, provider);
        }
        String source = configured.get().text("source").orElse("");
        if (!source.equals("file")) {
            return wrongSource(path, reference, provider, source);
        }
        try {
            return Optional.of(new Secret(files.read(configured.get(), id)));
        } catch (SecretFiles.UnusableSecretException e) {
            problems.error(reference.at(), path, e.what(), e.advice());
            return Optional.empty();
        }
    }

    private String defaultProvider(String source) {
        if (secrets.has("defaults")) {
            return secrets.section("defaults").text(source).orElse("default");
        }
        return "default";
    }

    private Optional<Section> provider(String name) {
        if (!secrets.has("providers") || !secrets.section("providers").has(name)) {
            return Optional.empty();
        }
        return Optional.of(secrets.section("providers").section(name));
    }

    private Optional<Secret> noProvider(ConfigPath path, Node reference, String provider) {
        problems.error(
                reference.at(),
                path,
                "there is no provider of secrets called \"" + provider + "\"",
                "Add secrets.providers." + provider + ".");
        return Optional.empty();
    }

    private Optional<Secret> wrongSource(ConfigPath path, Node reference, String provider, String source) {
        problems.error(
                reference.at(),
                path,
                "the provider \"" + provider + "\" has the source \"" + source + "\", not the one that is asked for",
                "Make the two agree.");
        return Optional.empty();
    }

    private static String text(Node.Mapping mapping, String key) {
        return mapping.entries().get(key) instanceof Node.Scalar scalar && scalar.value() instanceof String text
                ? text.strip()
                : "";
    }
}
