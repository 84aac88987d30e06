package dev.portcullis.gateway.runtime.invoke;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a caller sent out of a message. Exceptions like to quote: in full, in part, cut, in another case. So every
 * stretch of a few characters that the message shares with an argument goes; shorter arguments go where they stand alone.
 */
final class Redaction {
    private static final int STRETCH = 5;
    private static final int LONGEST = 4_096;
    private static final String MARK = "[argument]";

    private final String lower;
    private final Map<String, List<Integer>> stretches = new HashMap<>();
    private final Set<String> shorts = new HashSet<>();
    private final BitSet hidden;

    private Redaction(String message) {
        this.lower = message.toLowerCase(Locale.ROOT);
        this.hidden = new BitSet(message.length());
        for (int i = 0; i + STRETCH <= lower.length(); i++) {
            stretches
                    .computeIfAbsent(lower.substring(i, i + STRETCH), s -> new ArrayList<>())
                    .add(i);
        }
    }

    static String of(String message, Map<String, Object> arguments) {
        String shown = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
        Redaction redaction = new Redaction(shown);
        redaction.look(arguments);
        redaction.hideShorts();
        return redaction.shown(shown);
    }

    private void look(@Nullable Object value) {
        switch (value) {
            case null -> {}
            case Boolean _ -> {}
            case Map<?, ?> map ->
                map.values().forEach(item -> {
                    look(item);
                    names(item);
                });
            case List<?> list -> list.forEach(this::look);
            default -> text(String.valueOf(value).toLowerCase(Locale.ROOT));
        }
    }

    /** Below the top, names are the caller's own words too. */
    private void names(@Nullable Object nested) {
        if (nested instanceof Map<?, ?> map) {
            map.keySet().forEach(name -> text(String.valueOf(name).toLowerCase(Locale.ROOT)));
        } else if (nested instanceof List<?> list) {
            list.forEach(this::names);
        }
    }

    private void text(String value) {
        if (value.length() < STRETCH) {
            if (!value.isBlank()) {
                shorts.add(value.strip());
            }
            return;
        }
        for (int i = 0; i + STRETCH <= value.length() && !stretches.isEmpty(); i++) {
            List<Integer> places = stretches.remove(value.substring(i, i + STRETCH));
            if (places != null) {
                places.forEach(place -> hidden.set(place, place + STRETCH));
            }
        }
    }

    private void hideShorts() {
        for (String value : shorts) {
            for (int at = lower.indexOf(value); at >= 0; at = lower.indexOf(value, at + 1)) {
                int end = at + value.length();
                if ((at == 0 || !Character.isLetterOrDigit(lower.charAt(at - 1)))
                        && (end == lower.length() || !Character.isLetterOrDigit(lower.charAt(end)))) {
                    hidden.set(at, end);
                }
            }
        }
    }

    private String shown(String message) {
        // case may change the length of a text in a few alphabets: then nothing can be placed
        if (lower.length() != message.length()) {
            return hidden.isEmpty() ? printable(message) : MARK;
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < message.length(); ) {
            if (hidden.get(i)) {
                shown.append(MARK);
                i = hidden.nextClearBit(i);
            } else {
                shown.append(message.charAt(i++));
            }
        }
        return printable(shown.toString());
    }

    /** One line, so that a message cannot pretend to be another record. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
