package dev.portcullis.gateway.runtime.invoke;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a tool threw, for the log: exception messages like to quote arguments, and arguments are not for logs. */
final class FaultText {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 16_384;

    private FaultText() {}

    static String of(Throwable fault, Map<String, Object> arguments) {
        StringWriter text = new StringWriter();
        try {
            fault.printStackTrace(new PrintWriter(text, true));
        } catch (Throwable twice) {
            return fault.getClass().getName() + " (which cannot be printed)";
        }
        String shown = text.toString();
        Set<String> values = new HashSet<>();
        collect(arguments, values);
        for (String value : values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            shown = shown.replace(value, "[argument]");
        }
        return shown.length() <= LONGEST ? shown.strip() : shown.substring(0, LONGEST) + "…";
    }

    private static void collect(@Nullable Object value, Set<String> values) {
        switch (value) {
            case null -> {}
            case Map<?, ?> map -> map.values().forEach(item -> collect(item, values));
            case List<?> list -> list.forEach(item -> collect(item, values));
            default -> {
                String text = String.valueOf(value);
                if (text.length() >= SHORTEST && !(value instanceof Boolean)) {
                    values.add(text);
                }
            }
        }
    }
}
