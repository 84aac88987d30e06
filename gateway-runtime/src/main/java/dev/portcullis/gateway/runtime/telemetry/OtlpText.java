package dev.portcullis.gateway.runtime.telemetry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The shapes that all of OTLP's JSON shares. */
final class OtlpText {
    private static final long NANOS = 1_000_000_000L;

    private OtlpText() {}

    /** 64 bits are text in protobuf's JSON. */
    static String nanos(Instant time) {
        return String.valueOf(time.getEpochSecond() * NANOS + time.getNano());
    }

    /** Blank values are left out. */
    static List<Map<String, Object>> attributes(Map<String, ?> values) {
        List<Map<String, Object>> attributes = new ArrayList<>();
        values.forEach((name, value) -> {
            if (value instanceof Long number) {
                attributes.add(attribute(name, Map.of("intValue", String.valueOf(number))));
            } else if (!String.valueOf(value).isEmpty()) {
                attributes.add(attribute(name, Map.of("stringValue", String.valueOf(value))));
            }
        });
        return attributes;
    }

    private static Map<String, Object> attribute(String name, Map<String, Object> value) {
        Map<String, Object> attribute = new LinkedHashMap<>();
        attribute.put("key", name);
        attribute.put("value", value);
        return attribute;
    }

    /** @param signal {@code Spans} or {@code Metrics} */
    static Map<String, Object> request(String signal, Map<String, String> resource, List<Map<String, Object>> items) {
        Map<String, Object> scoped = new LinkedHashMap<>();
        scoped.put("scope", Map.of("name", OtlpNames.SCOPE));
        scoped.put(signal.toLowerCase(Locale.ROOT), items);
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("resource", Map.of("attributes", attributes(resource)));
        one.put("scope" + signal, List.of(scoped));
        return Map.of("resource" + signal, List.of(one));
    }
}
