package dev.portcullis.gateway.runtime.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.Http1HeadersParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a head as Helidon's parser reads them, with the bytes of their values. */
final class HeaderFields {
    /** What requests are asked for; making a name of a text is not free. */
    private static final Map<String, HeaderName> ASKED_FOR = Stream.of(
                    "host",
                    "connection",
                    "content-length",
                    "transfer-encoding",
                    "expect",
                    "upgrade",
                    "origin",
                    "authorization",
                    "x-forwarded-for",
                    "x-openclaw-scopes",
                    "x-openclaw-message-channel",
                    "x-openclaw-account-id",
                    "x-openclaw-message-to",
                    "x-openclaw-thread-id",
                    "traceparent")
            .collect(Collectors.toUnmodifiableMap(name -> name, HeaderNames::create));

    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7f]");

    private final Headers parsed;

    /** Values that are not what they were for the parser, by the names in small letters: usually none. */
    private final Map<String, List<String>> exact;

    private @Nullable String bearer;

    private HeaderFields(Headers parsed, Map<String, List<String>> exact) {
        this.parsed = parsed;
        this.exact = exact;
    }

    /**
     * Reads the fields and the empty line behind them.
     *
     * @param before bytes between the mark and the fields
     * @param most bytes that they may have
     * @throws RequestHead.Refused if they are malformed or too many
     */
    static HeaderFields read(Received in, int before, int most) {
        Headers parsed = parse(in.reader(), most);
        Map<String, List<String>> exact = in.beyondAscii() ? exact(parsed, text(in.sinceMark(), before)) : Map.of();
        return new HeaderFields(parsed, exact);
    }

    private static String text(byte[] head, int from) {
        return new String(head, from, head.length - from, StandardCharsets.ISO_8859_1);
    }

    /** The same for fields that nobody asks for: the trailers of a body. */
    static void skip(DataReader reader, int most) {
        parse(reader, most);
    }

    private static Headers parse(DataReader reader, int most) {
        Headers parsed;
        try {
            parsed = Http1HeadersParser.readHeaders(reader, most, true);
        } catch (IllegalStateException | IndexOutOfBoundsException tooLarge) {
            // its search for a line end does not expect that nothing is left of what fields may have
            throw new RequestHead.Refused(431);
        } catch (IllegalArgumentException | DataReader.IncorrectNewLineException malformed) {
            throw new RequestHead.Refused(400);
        }
        for (Header field : parsed) {
            if (field.name().isEmpty()) {
                throw new RequestHead.Refused(400);
            }
        }
        return parsed;
    }

    /**
     * The parser replaces each byte beyond ASCII, so that different users became one. Here it is the character of that number:
     * different bytes stay different, and none folds into ASCII. Whatever else the values are, the parser has to agree.
     */
    private static Map<String, List<String>> exact(Headers parsed, String text) {
        Map<String, List<String>> exact = new HashMap<>();
        for (String line : text.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                exact.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(withoutBlanks(line.substring(colon + 1)));
            }
        }
        int known = 0;
        for (Header field : parsed) {
            List<String> values = exact.getOrDefault(field.name().toLowerCase(Locale.ROOT), List.of());
            if (!values.stream().map(HeaderFields::asParsed).toList().equals(field.allValues())) {
                throw new RequestHead.Refused(400);
            }
            known++;
        }
        if (known != exact.size()) {
            throw new RequestHead.Refused(400);
        }
        return exact;
    }

    private static String asParsed(String value) {
        return BEYOND_ASCII.matcher(value).replaceAll("\ufffd");
    }

    private static String withoutBlanks(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && blank(value.charAt(from))) {
            from++;
        }
        while (to > from && blank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Found once, since several ask for it. */
    String bearer(Supplier<String> search) {
        String known = bearer;
        if (known == null) {
            known = search.get();
            bearer = known;
        }
        return known;
    }

    boolean has(String name) {
        return parsed.contains(name(name));
    }

    /** How often a field of that name is there. */
    int count(String name) {
        return all(name).size();
    }

    /** The values of a field as sent, in order. */
    List<String> all(String name) {
        HeaderName asked = name(name);
        if (!parsed.contains(asked)) {
            return List.of();
        }
        return exact.isEmpty()
                ? parsed.all(asked, List::of)
                : List.copyOf(exact.getOrDefault(asked.lowerCase(), List.of()));
    }

    private static HeaderName name(String name) {
        HeaderName known = ASKED_FOR.get(name);
        return known == null ? HeaderNames.create(name) : known;
    }

    /** Whether one of the values of a field, which are lists, has that element. Case does not matter. */
    boolean hasElement(String name, String element) {
        for (String value : all(name)) {
            if (element(value, element)) {
                return true;
            }
        }
        return false;
    }

    /** Commas between quotation marks separate nothing. */
    private static boolean element(String list, String wanted) {
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                if (list.substring(begin, i).trim().equalsIgnoreCase(wanted)) {
                    return true;
                }
                begin = i + 1;
            }
        }
        return list.substring(begin).trim().equalsIgnoreCase(wanted);
    }

    /** The number that the only value of a field is; negative if it is none, or there is more than one. */
    long number(String name, int digits) {
        List<String> values = all(name);
        String text = values.size() == 1 ? values.getFirst() : "";
        if (text.isEmpty() || text.length() > digits) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(text);
    }

    Iterable<String> names() {
        return () -> {
            Iterator<Header> all = parsed.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public String next() {
                    return all.next().name();
                }
            };
        };
    }

    /** Values are credentials. */
    @Override
    public String toString() {
        return parsed.size() + " headers";
    }
}
