package dev.portcullis.gateway.runtime.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The fields of a head where they lie in the bytes that were received. Nothing is made of them until somebody asks; most are
 * never asked for. Accepts what Helidon's parser accepts, which {@code RequestHeadTest} holds it to; but each has a name, and
 * bytes beyond ASCII are told apart.
 */
final class FieldLines {
    /** Names that need not be made of bytes each time. */
    private static final String[] COMMON = {
        "host",
        "accept",
        "user-agent",
        "connection",
        "content-type",
        "content-length",
        "authorization",
        "accept-encoding",
        "x-openclaw-message-channel",
        "x-openclaw-account-id",
        "x-openclaw-message-to",
        "x-openclaw-thread-id",
        "traceparent"
    };

    /** Characters of a name, by their codes. */
    private static final boolean[] NAME = new boolean[256];

    static {
        for (char c = '!'; c < 0x7f; c++) {
            NAME[c] = "()<>@,;:\\\"/[]?={}".indexOf(c) < 0;
        }
    }

    /** Where a field's parts begin and end, counted from the first line: name, end of name, value, end of value. */
    private static final int PARTS = 4;

    private static final int EXPECTED = 8;

    private final byte[] bytes;
    private final int start;
    private final char[] places;
    private final int count;
    private final int length;

    private FieldLines(byte[] bytes, int start, char[] places, int count, int length) {
        this.bytes = bytes;
        this.start = start;
        this.places = places;
        this.count = count;
        this.length = length;
    }

    /**
     * Finds the fields up to the empty line, and consumes nothing.
     *
     * @param offset where the first one begins
     * @param most bytes that they may have, below 64 KiB
     * @throws RequestHead.Refused if they are malformed or too many
     * @throws Inbox.BrokenLine if lines do not end as they must
     */
    static FieldLines read(Inbox in, int offset, int most) {
        char[] places = new char[PARTS * EXPECTED];
        int used = 0;
        int left = most;
        int at = offset;
        while (!in.endsLine(at)) {
            int name = name(in, at, left);
            left -= name + 2;
            int value = at + name + 1;
            int size = in.line(value, left);
            if (size == left) {
                throw new RequestHead.Refused(431);
            }
            left -= size + 1;
            int base = in.position();
            byte[] bytes = in.bytes();
            requireName(bytes, base + at, name);
            int from = value;
            int to = value + size;
            while (from < to && blank(bytes[base + from])) {
                from++;
            }
            while (to > from && blank(bytes[base + to - 1])) {
                to--;
            }
            requireValue(bytes, base + from, base + to);
            if (left < 0) {
                throw new RequestHead.Refused(431);
            }
            if (used == places.length) {
                places = Arrays.copyOf(places, 2 * used);
            }
            places[used++] = (char) (at - offset);
            places[used++] = (char) (at - offset + name);
            places[used++] = (char) (from - offset);
            places[used++] = (char) (to - offset);
            at = value + size + 2;
        }
        return new FieldLines(in.bytes(), in.position() + offset, places, used / PARTS, at + 2 - offset);
    }

    /** How long the name is that begins there. */
    private static int name(Inbox in, int at, int most) {
        int length = 0;
        while (true) {
            int stop = Math.min(most, in.available() - at);
            byte[] bytes = in.bytes();
            int from = in.position() + at;
            for (; length < stop; length++) {
                byte b = bytes[from + length];
                if (b == ':') {
                    return length;
                }
                if (b == '\n') {
                    throw new Inbox.BrokenLine();
                }
                if (b == '\r') {
                    in.require(at + length + 2);
                    throw new RequestHead.Refused(400);
                }
            }
            if (length >= most) {
                throw new RequestHead.Refused(431);
            }
            in.require(at + length + 1);
        }
    }

    private static void requireName(byte[] bytes, int from, int length) {
        if (length == 0) {
            throw new RequestHead.Refused(400);
        }
        for (int i = from; i < from + length; i++) {
            if (!NAME[bytes[i] & 0xff]) {
                throw new RequestHead.Refused(400);
            }
        }
    }

    /** What bytes beyond ASCII stand for is up to whoever asks for the value. */
    private static void requireValue(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
                throw new RequestHead.Refused(400);
            }
        }
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** In bytes, with the empty line. */
    int length() {
        return length;
    }

    int size() {
        return count;
    }

    /** How often a field of that name is there. */
    int count(String name) {
        int found = 0;
        for (int i = next(name, 0); i < count; i = next(name, i + 1)) {
            found++;
        }
        return found;
    }

    boolean has(String name) {
        return next(name, 0) < count;
    }

    /** The first field of that name from there on; their number if there is none. */
    private int next(String name, int from) {
        int wanted = name.length();
        for (int i = from; i < count; i++) {
            int begin = places[PARTS * i];
            if (places[PARTS * i + 1] - begin == wanted && same(name, start + begin)) {
                return i;
            }
        }
        return count;
    }

    private boolean same(String text, int at) {
        for (int i = 0; i < text.length(); i++) {
            if (lower(text.charAt(i)) != lower((char) (bytes[at + i] & 0xff))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    /** One character a byte, as the reference gateway has them: different bytes stay different, and none folds into ASCII. */
    private String value(int field) {
        int from = places[PARTS * field + 2];
        return new String(bytes, start + from, places[PARTS * field + 3] - from, StandardCharsets.ISO_8859_1);
    }

    /** The values of a field as sent, in order. */
    List<String> all(String name) {
        int first = next(name, 0);
        if (first == count) {
            return List.of();
        }
        int second = next(name, first + 1);
        if (second == count) {
            return List.of(value(first));
        }
        List<String> values = new ArrayList<>();
        for (int i = first; i < count; i = next(name, i + 1)) {
            values.add(value(i));
        }
        return List.copyOf(values);
    }

    /** Whether one of the values of a field, which are lists, has that element. Case does not matter. */
    boolean hasElement(String name, String element) {
        for (int i = next(name, 0); i < count; i = next(name, i + 1)) {
            if (element(value(i), element)) {
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
        int field = next(name, 0);
        if (next(name, field + 1) < count) {
            return -1;
        }
        int from = start + places[PARTS * field + 2];
        int to = start + places[PARTS * field + 3];
        if (from == to || to - from > digits) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = 10 * number + bytes[i] - '0';
        }
        return number;
    }

    Iterable<String> names() {
        return Names::new;
    }

    private final class Names implements Iterator<String> {
        private int field;

        @Override
        public boolean hasNext() {
            return field < count;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return name(field++);
        }
    }

    private String name(int field) {
        int from = places[PARTS * field];
        int size = places[PARTS * field + 1] - from;
        for (String common : COMMON) {
            if (common.length() == size && same(common, start + from)) {
                return common;
            }
        }
        return new String(bytes, start + from, size, StandardCharsets.US_ASCII);
    }

    /** Values are credentials. */
    @Override
    public String toString() {
        return count + " headers";
    }
}
