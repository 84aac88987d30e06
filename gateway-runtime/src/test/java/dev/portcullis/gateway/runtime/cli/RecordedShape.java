package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The fields that a document of the reference gateway's client had: a path a line, with a reason where ours has none. */
record RecordedShape(Map<String, String> reasons) {
    static RecordedShape of(String name) {
        Map<String, String> reasons = new LinkedHashMap<>();
        try (InputStream file = RecordedShape.class.getResourceAsStream("recorded/" + name)) {
            new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> {
                        String[] parts = line.split("\\|", 2);
                        reasons.put(parts[0].strip(), parts.length < 2 ? "" : parts[1].strip());
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new RecordedShape(reasons);
    }

    /** What is recorded is there, but for what has a reason; that is not there, or the reason is outdated. */
    void assertMetBy(Object document) {
        List<String> wrong = new ArrayList<>();
        reasons.forEach((path, reason) -> {
            if (has(document, path.split("\\.")) != reason.isEmpty()) {
                wrong.add(path + (reason.isEmpty() ? " is missing" : " is there, though: " + reason));
            }
        });
        assertEquals(List.of(), wrong, () -> Json.pretty(document));
    }

    private static boolean has(Object document, String[] path) {
        Optional<Object> at = Optional.of(document);
        for (int i = 0; i < path.length; i++) {
            Object value = at.orElse(null);
            if (value instanceof List<?> list && !list.isEmpty()) {
                value = list.getFirst();
            }
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(path[i])) {
                return false;
            }
            at = Optional.ofNullable(map.get(path[i]));
        }
        return true;
    }
}
