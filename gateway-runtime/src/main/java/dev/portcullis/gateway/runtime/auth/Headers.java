package dev.portcullis.gateway.runtime.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The headers of a request, without the server that received them. Names are compared without regard to case. */
public interface Headers {
    /** The values of a header as sent, in order; none if it is absent. */
    List<String> all(String name);

    /** The bearer credential; empty for none. */
    default String bearer() {
        List<String> values = all("authorization");
        String value = values.isEmpty() ? "" : values.getFirst().strip();
        return value.regionMatches(true, 0, "bearer ", 0, "bearer ".length())
                ? value.substring("bearer ".length()).strip()
                : "";
    }

    /** The names of all headers, in any case. */
    Iterable<String> names();

    /** Headers out of a map, copied; for the pipeline, which keeps them until the authority is checked again. */
    static Headers of(Map<String, List<String>> headers) {
        Map<String, List<String>> lower = new LinkedHashMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Headers() {
            @Override
            public List<String> all(String name) {
                return lower.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            }

            @Override
            public Iterable<String> names() {
                return lower.keySet();
            }

            @Override
            public String toString() {
                return "Headers" + lower.keySet();
            }
        };
    }
}
