package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.buffers.DataReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Bodies in chunks, whole and damaged, against the grammar of RFC 9112 section 7.1 written down a second time. */
class ChunkedBodyTest {
    private static final int BODIES = 40_000;
    private static final int MOST = 400;
    private static final String MALFORMED = "MALFORMED";
    private static final String LEFT = "left";
    private static final Pattern SIZE = Pattern.compile("[0-9a-fA-F]{1,8}[ \t]*(;[\t\\x20-\\x7e\\x80-\\xff]*)?");
    private static final Pattern TRAILER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\\x20-\\x7e\\x80-\\xff]*");

    private static final String[] SIZES = {
        "5",
        "0005",
        "B ",
        "b\t",
        "1;a=b",
        "3 ; a=\"b;\u00e4\"",
        "10",
        "+5",
        "0x5",
        " 5",
        "",
        ";",
        "190",
        "191",
        "fffffffff",
        "0",
        "5;\n"
    };
    private static final String[] TRAILERS = {
        "X: 1\r\n", "X-Sum:\r\n", ": 1\r\n", "no colon\r\n", "X : 1\r\n", "X: a\u00e4\r\n"
    };
    private static final byte[] NASTY = {'\r', '\n', 0, ' ', '\t', ';', '0', 'g', 0x0b, (byte) 0x85};

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The body and what follows it, or why there is none. */
    private static String read(byte[]... pieces) {
        Iterator<byte[]> next = List.of(pieces).iterator();
        DataReader in = new Received(() -> next.hasNext() ? next.next() : null).reader();
        try {
            String body = new String(ChunkedBody.read(in, MOST, bytes -> true), StandardCharsets.ISO_8859_1);
            StringBuilder rest = new StringBuilder();
            while (true) {
                try {
                    rest.append((char) (in.read() & 0xff));
                } catch (DataReader.InsufficientDataAvailableException end) {
                    return body + "|" + rest;
                }
            }
        } catch (BodyFailure failure) {
            return String.valueOf(failure.getMessage());
        } catch (DataReader.IncorrectNewLineException broken) {
            return MALFORMED;
        } catch (DataReader.InsufficientDataAvailableException left) {
            return LEFT;
        }
    }

    /** A line without its end; or why there is none. */
    private static String line(String sent, int from) {
        for (int i = from; i < sent.length(); i++) {
            if (sent.charAt(i) == '\n') {
                return MALFORMED + "\n";
            }
            if (sent.charAt(i) == '\r') {
                boolean known = i + 1 < sent.length();
                return !known ? LEFT + "\n" : sent.charAt(i + 1) == '\n' ? sent.substring(from, i) : MALFORMED + "\n";
            }
        }
        return LEFT + "\n";
    }

    private static String expected(String sent) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            String line = line(sent, at);
            if (line.endsWith("\n")) {
                return line.strip();
            }
            if (!SIZE.matcher(line).matches()) {
                return MALFORMED;
            }
            long size = Long.parseLong(line.split("[ \t;]", 2)[0], 16);
            at += line.length() + 2;
            if (body.length() + size > MOST) {
                return BodyFailure.Kind.TOO_LARGE.name();
            }
            if (size == 0) {
                return trailers(sent, at, body.toString());
            }
            if (sent.length() < at + size) {
                return LEFT;
            }
            body.append(sent, at, at + (int) size);
            at += (int) size;
            for (char end : new char[] {'\r', '\n'}) {
                if (at == sent.length()) {
                    return LEFT;
                }
                if (sent.charAt(at++) != end) {
                    return MALFORMED;
                }
            }
        }
    }

    private static String trailers(String sent, int from, String body) {
        int at = from;
        while (true) {
            String line = line(sent, at);
            if (line.endsWith("\n")) {
                return line.strip();
            }
            at += line.length() + 2;
            if (line.isEmpty()) {
                return body + "|" + sent.substring(at);
            }
            if (!TRAILER.matcher(line).matches()) {
                return MALFORMED;
            }
        }
    }

    private static byte[] random(Random random) {
        StringBuilder sent = new StringBuilder();
        int chunks = random.nextInt(4);
        for (int i = 0; i < chunks; i++) {
            boolean good = random.nextInt(8) > 0;
            int size = 1 + random.nextInt(120);
            sent.append(good ? Integer.toHexString(size) : SIZES[random.nextInt(SIZES.length)])
                    .append(random.nextInt(4) == 0 ? ";ext=" + random.nextInt(9) : "")
                    .append("\r\n")
                    .append("x".repeat(size))
                    .append("\r\n");
        }
        sent.append(random.nextInt(4) == 0 ? "00;last" : "0").append("\r\n");
        for (int i = random.nextInt(4); i > 1; i--) {
            sent.append(TRAILERS[random.nextInt(random.nextInt(4) == 0 ? TRAILERS.length : 2)]);
        }
        sent.append("\r\n").append(random.nextInt(3) == 0 ? "POST /next" : "");
        return Mangled.damaged(latin(sent.toString()), NASTY, random);
    }

    private static boolean accepted(String read) {
        return read.contains("|");
    }

    @Test
    void chunksAreReadByTheGrammarHoweverTheyCome() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int good = 0;
        for (int i = 0; i < BODIES; i++) {
            byte[] sent = random(random);
            String text = new String(sent, StandardCharsets.ISO_8859_1);
            String expected = expected(text);
            String shown = "seed " + seed + ", body " + i + ": " + text;

            String whole = read(sent);
            String inPieces = read(Mangled.pieces(sent, 60, random));
            // half a line end may be seen before or after what is missing is waited for: either way there is no body
            if (accepted(expected) || accepted(whole) || accepted(inPieces)) {
                assertEquals(expected, whole, shown);
                assertEquals(expected, inPieces, "in pieces, " + shown);
            }
            good += expected.contains("|") ? 1 : 0;
        }
        assertTrue(good > BODIES / 10, "too few of the bodies were good to prove anything: " + good);
        assertTrue(good < BODIES * 9 / 10, "too few of the bodies were bad to prove anything: " + good);
    }

    @Test
    void sizeLinesAndTrailersHaveTheirBounds() {
        String longest = "1;" + "e".repeat(253);

        assertEquals("x|", read(latin(longest + "\r\nx\r\n0\r\n\r\n")));
        assertEquals(MALFORMED, read(latin(longest + "e\r\nx\r\n0\r\n\r\n")));
        assertEquals("|", read(latin("0\r\nX: " + "v".repeat(4_091) + "\r\n\r\n")));
        assertEquals(MALFORMED, read(latin("0\r\nX: " + "v".repeat(4_092) + "\r\n\r\n")));
    }

    @Test
    void chunksThatAreLargerThanAStepArriveWhole() {
        String data = "0123456789abcdef".repeat(10_000);
        byte[] sent = latin(Integer.toHexString(data.length()) + "\r\n" + data + "\r\n0\r\n\r\nnext");
        Iterator<byte[]> next = List.of(Mangled.pieces(sent, 60, new Random(3))).iterator();
        DataReader in = new Received(() -> next.hasNext() ? next.next() : null).reader();

        byte[] body = ChunkedBody.read(in, data.length(), bytes -> true);

        assertEquals(data, new String(body, StandardCharsets.ISO_8859_1));
        assertEquals("next", new String(in.readBytes(4), StandardCharsets.ISO_8859_1));
    }
}
