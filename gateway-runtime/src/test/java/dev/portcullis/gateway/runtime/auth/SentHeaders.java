package dev.portcullis.gateway.runtime.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Headers written as {@code "Name: value"} lines. */
final class SentHeaders {
    private SentHeaders() {}

    static Headers of(String... lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1);
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(value.startsWith(" ") ? value.substring(1) : value);
        }
        return Headers.of(headers);
    }
}
