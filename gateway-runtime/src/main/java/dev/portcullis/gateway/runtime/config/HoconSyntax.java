package dev.portcullis.gateway.runtime.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code .conf}. Substitutions come from the file and the given variables; includes are files beside it, never a URL. */
final class HoconSyntax {
    private static final Pattern LINE = Pattern.compile("(.*?): (\\d+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final SourceFiles files;
    private final Map<String, String> variables;

    HoconSyntax(SourceFiles files, Map<String, String> variables) {
        this.files = files;
        this.variables = variables;
    }

    Node parse(SourceFiles.Source source) {
        try {
            // Twice: the first time drops ${?X} that nobody set, the second keeps the text of ${X} that nobody set, so
            // that
            // it is judged like the quoted form, by the key it stands in.
            Config parsed = parsed(source)
                    .resolve(options(this::variable).setAllowUnresolved(true))
                    .resolve(options(name -> ConfigValueFactory.fromAnyRef("${" + name + "}", source.file() + "")));
            return node(parsed.root(), source);
        } catch (ConfigException e) {
            ConfigOrigin origin = e.origin();
            throw new UnreadableConfigException(
                    origin == null ? source.at(0) : at(origin, source),
                    "this is not HOCON: " + Json5Syntax.withoutContent(reason(e)),
                    "Correct the syntax at or just before this line.");
        }
    }

    private Config parsed(SourceFiles.Source source) {
        if (source.text().lines().allMatch(HoconSyntax::saysNothing)) {
            throw source.blank();
        }
        return ConfigFactory.parseString(
                source.text(),
                ConfigParseOptions.defaults()
                        .setSyntax(ConfigSyntax.CONF)
                        .setOriginDescription(source.file().toString())
                        .setIncluder(new Includer(source)));
    }

    private static boolean saysNothing(String line) {
        String written = line.strip();
        return written.startsWith("#")
                || written.startsWith("//")
                || written.chars().allMatch(c -> c <= ' ' || c == '\uFEFF' || Character.isSpaceChar(c));
    }

    private @Nullable ConfigValue variable(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty()
                ? null
                : ConfigValueFactory.fromAnyRef(Variables.literally(value), "environment variable " + name);
    }

    private static ConfigResolveOptions options(Function<String, @Nullable ConfigValue> lookup) {
        return ConfigResolveOptions.noSystem().appendResolver(new ConfigResolver() {
            @Override
            public @Nullable ConfigValue lookup(String path) {
                return NAME.matcher(path).matches() ? lookup.apply(path) : null;
            }

            @Override
            public ConfigResolver withFallback(ConfigResolver fallback) {
                return this;
            }
        });
    }

    private static Node node(ConfigValue value, SourceFiles.Source source) {
        Position at = at(value.origin(), source);
        if (value instanceof ConfigObject object) {
            Map<String, Node> entries = new LinkedHashMap<>();
            object.entrySet().stream()
                    .sorted(HoconSyntax::asWritten)
                    .forEach(entry -> entries.put(entry.getKey(), node(entry.getValue(), source)));
            return new Node.Mapping(entries, at);
        }
        if (value instanceof ConfigList list) {
            List<Node> items = new ArrayList<>();
            list.forEach(item -> items.add(node(item, source)));
            return new Node.Sequence(items, at);
        }
        Object scalar = scalar(value);
        return new Node.Scalar(scalar, at, scalar instanceof String, Set.of());
    }

    /** Numbers as they were written. */
    private static @Nullable Object scalar(ConfigValue value) {
        Object plain = value.unwrapped();
        if (!(plain instanceof Number number)) {
            return plain;
        }
        return plain instanceof Integer || plain instanceof Long
                ? (Object) number.longValue()
                // as a text it is what was written; rendered it is a double
                : ExactNumber.of(value.atKey("it").getString("it")).orElse(number.doubleValue());
    }

    /** A value without its places. */
    static @Nullable Object plain(ConfigValue value) {
        return switch (value) {
            case ConfigObject object -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                object.forEach((name, entry) -> entries.put(name, plain(entry)));
                yield entries;
            }
            case ConfigList list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(plain(item)));
                yield items;
            }
            default -> scalar(value);
        };
    }

    /** By line; names of the same line by their letters. */
    private static int asWritten(Map.Entry<String, ConfigValue> one, Map.Entry<String, ConfigValue> other) {
        int lines = Integer.compare(
                one.getValue().origin().lineNumber(), other.getValue().origin().lineNumber());
        return lines == 0 ? one.getKey().compareTo(other.getKey()) : lines;
    }

    private static Position at(ConfigOrigin origin, SourceFiles.Source source) {
        Matcher line = LINE.matcher(origin.description());
        if (line.matches()) {
            return new Position(line.group(1), Integer.parseInt(line.group(2)));
        }
        boolean variable = origin.description().startsWith("environment variable ");
        return variable ? Position.of(origin.description()) : source.at(Math.max(0, origin.lineNumber()));
    }

    private static String reason(ConfigException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        ConfigOrigin origin = e.origin();
        String prefix = origin == null ? "" : origin.description() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    /** Files beside the one that includes; nothing from the class path, nothing from the network. */
    private final class Includer
            implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
        private final SourceFiles.Source from;

        Includer(SourceFiles.Source from) {
            this.from = from;
        }

        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            return parsed(files.include(from, what, from.at(0))).root();
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            return include(context, what.getPath());
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            throw refused("a URL");
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            throw refused("a class path resource");
        }

        private UnreadableConfigException refused(String what) {
            return new UnreadableConfigException(
                    from.at(0),
                    "it includes " + what + ", which a gateway does not fetch",
                    "Include a file beside it.");
        }
    }
}
