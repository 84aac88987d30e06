package dev.portcullis.gateway.runtime.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a tool, as a command line gives them. */
final class ArgumentPairs {
    private ArgumentPairs() {}

    /**
     * Both forms together; a pair wins over the object.
     *
     * @param object JSON text of an object; blank for none
     * @param pairs {@code name=value}: the value is JSON if it parses as JSON, otherwise the text itself
     */
    static Map<String, @Nullable Object> merge(String object, List<String> pairs) {
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        if (!object.isBlank()) {
            Object value = Json.parse(object)
                    .orElseThrow(() -> CliException.usage("--args is not JSON: give an object such as "
                            + "'{\"city\":\"Oslo\"}', quoted against the shell"))
                    .value();
            if (!(value instanceof Map<?, ?> map)) {
                throw CliException.usage("--args must be a JSON object such as '{\"city\":\"Oslo\"}'");
            }
            map.forEach((name, one) -> arguments.put(String.valueOf(name), one));
        }
        for (String pair : pairs) {
            int split = pair.indexOf('=');
            if (split < 1) {
                throw CliException.usage(
                        "--arg needs name=value, such as city=Oslo, but one has no \"=\" after a name");
            }
            arguments.put(pair.substring(0, split), value(pair.substring(split + 1)));
        }
        return arguments;
    }

    private static @Nullable Object value(String text) {
        return Json.parse(text).orElseGet(() -> new Json.Parsed(text)).value();
    }
}
