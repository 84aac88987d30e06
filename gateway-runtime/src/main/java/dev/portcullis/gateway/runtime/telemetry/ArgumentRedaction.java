package dev.portcullis.gateway.runtime.telemetry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a caller sent out of a message. Exceptions like to quote: in full, in part, cut, in another case, and in the usual
 * encodings. So every stretch of a few characters that the message shares with an argument goes; shorter arguments go where they
 * stand alone.
 */
public final class ArgumentRedaction {
    private static final int STRETCH = 5;
    private static final int LONGEST = 4_096;
    private static final int LONGEST_LOGGED = 16_384;

    /** Longer arguments are looked for as they are, and not encoded: nobody encodes them by accident. */
    private static final int LONGEST_ENCODED = 4_096;

    /** A bit for some of the bits of a hash: most stretches of an argument are in no message. */
    private static final int FILTER = 1 << 16;

    private static final String MARK = "[argument]";

    private final String lower;
    private final Map<String, List<Integer>> stretches = new HashMap<>();
    private final BitSet filter = new BitSet(FILTER);
    private final Set<String> shorts = new HashSet<>();
    private final BitSet hidden;

    private ArgumentRedaction(String message) {
        this.lower = message.toLowerCase(Locale.ROOT);
        this.hidden = new BitSet(message.length());
        for (int i = 0; i + STRETCH <= lower.length(); i++) {
            filter.set(bit(lower, i));
            stretches
                    .computeIfAbsent(lower.substring(i, i + STRETCH), s -> new ArrayList<>())
                    .add(i);
        }
    }

    /** The message of an exception, on one line, so that it cannot pretend to be another record. */
    public static String of(String message, Map<String, Object> arguments) {
        return redacted(message, LONGEST, List.of(arguments)).replaceAll("\\p{Cntrl}+", " ");
    }

    /** An entry of the log, with its lines. */
    static String inEntry(String text, List<Map<String, Object>> arguments) {
        return redacted(text, LONGEST_LOGGED, arguments);
    }

    private static String redacted(String message, int longest, List<Map<String, Object>> arguments) {
        String shown = message.length() <= longest ? message : message.substring(0, longest) + "…";
        ArgumentRedaction redaction = new ArgumentRedaction(shown);
        arguments.forEach(redaction::look);
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
            default -> value(String.valueOf(value));
        }
    }

    /** Below the top, names are the caller's own words too. */
    private void names(@Nullable Object nested) {
        if (nested instanceof Map<?, ?> map) {
            map.keySet().forEach(name -> value(String.valueOf(name)));
        } else if (nested instanceof List<?> list) {
            list.forEach(this::names);
        }
    }

    private void value(String value) {
        text(value.toLowerCase(Locale.ROOT));
        if (value.length() < STRETCH || value.length() > LONGEST_ENCODED) {
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String base64 =
                Base64.getEncoder().withoutPadding().encodeToString(bytes).toLowerCase(Locale.ROOT);
        text(base64);
        text(base64.replace('+', '-').replace('/', '_'));
        text(HexFormat.of().formatHex(bytes));
        text(URLEncoder.encode(value, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
        text(new StringBuilder(value).reverse().toString().toLowerCase(Locale.ROOT));
    }

    private static int bit(String text, int at) {
        int hash = 0;
        for (int i = at; i < at + STRETCH; i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return (hash ^ (hash >>> 16)) & (FILTER - 1);
    }

    private void text(String value) {
        if (value.length() < STRETCH) {
            if (!value.isBlank()) {
                shorts.add(value.strip());
            }
            return;
        }
        for (int i = 0; i + STRETCH <= value.length() && !stretches.isEmpty(); i++) {
            if (!filter.get(bit(value, i))) {
                continue;
            }
            List<Integer> places = stretches.remove(value.substring(i, i + STRETCH));
            if (places != null) {
                places.forEach(place -> hidden.set(place, place + STRETCH));
            }
        }
    }

    private void hideShorts() {
        // by the message, which is bounded, and not by the arguments, of which there may be very many
        for (int at = 0; at < lower.length(); at++) {
            if (at > 0 && Character.isLetterOrDigit(lower.charAt(at - 1))) {
                continue;
            }
            for (int end = at + 1; end < at + STRETCH && end <= lower.length(); end++) {
                if ((end == lower.length() || !Character.isLetterOrDigit(lower.charAt(end)))
                        && shorts.contains(lower.substring(at, end))) {
                    hidden.set(at, end);
                }
            }
        }
    }

    private String shown(String message) {
        // case may change the length of a text in a few alphabets: then nothing can be placed
        if (lower.length() != message.length()) {
            return hidden.isEmpty() ? message : MARK;
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
        return shown.toString();
    }
}
