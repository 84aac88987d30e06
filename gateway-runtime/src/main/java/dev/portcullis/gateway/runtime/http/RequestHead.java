package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.auth.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Request line and headers, framing already checked.
 *
 * @param length of the body; 0 if there is none or it is chunked
 */
record RequestHead(String method, RequestTarget target, boolean http11, FieldLines fields, boolean chunked, long length)
        implements Headers {
    /** A request whose framing cannot be trusted: answered, then the connection is closed. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(int status) {
            super("refused", null, false, false);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static final int LONGEST_LENGTH = 18;
    private static final byte[] HTTP_1 = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

    /** What nearly all requests begin with. */
    private static final byte[] INVOCATION =
            ("POST " + ToolsInvokeHandler.PATH + " HTTP/1.1").getBytes(StandardCharsets.US_ASCII);

    private static final RequestTarget INVOKE = new RequestTarget(ToolsInvokeHandler.PATH, "");

    /** Reads a head; the body comes next. */
    static RequestHead read(Inbox in) {
        try {
            while (in.endsLine(0)) {
                in.skip(2);
            }
            int line = in.line(0, HttpConnection.LONGEST_LINE);
            if (line == HttpConnection.LONGEST_LINE) {
                throw new Refused(414);
            }
            FieldLines fields = FieldLines.read(in, line + 2, HttpConnection.LARGEST_HEADERS);
            RequestHead head = of(in.bytes(), in.position(), line, fields);
            in.skip(line + 2 + fields.length());
            return head;
        } catch (Inbox.BrokenLine malformed) {
            throw new Refused(400);
        }
    }

    /** Checks the request line and the headers that frame the body; RFC 9112 sections 3 and 6. */
    private static RequestHead of(byte[] bytes, int start, int length, FieldLines fields) {
        boolean invocation = length == INVOCATION.length && begins(bytes, start, INVOCATION);
        int end = start + length;
        int first = invocation ? start + 4 : indexOfSpace(bytes, start, end);
        int last = invocation ? start + 5 + ToolsInvokeHandler.PATH.length() : lastIndexOfSpace(bytes, start, end);
        if (first <= start || last <= first + 1) {
            throw new Refused(400);
        }
        boolean http11 = end - last == 9 && bytes[end - 1] == '1';
        boolean http10 = end - last == 9 && bytes[end - 1] == '0';
        if (!(http11 || http10) || !begins(bytes, last + 1, HTTP_1)) {
            throw new Refused(400);
        }
        requireMethod(bytes, start, first);
        int hosts = fields.count("host");
        if (hosts > 1 || (http11 && hosts == 0)) {
            throw new Refused(400);
        }
        boolean chunked = chunked(fields, http11);
        return new RequestHead(
                invocation ? "POST" : text(bytes, start, first),
                invocation ? INVOKE : target(text(bytes, first + 1, last), fields),
                http11,
                fields,
                chunked,
                chunked ? 0 : length(fields));
    }

    private static boolean begins(byte[] bytes, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int indexOfSpace(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != ' ') {
            at++;
        }
        return at;
    }

    private static int lastIndexOfSpace(byte[] bytes, int start, int end) {
        int at = end - 1;
        while (at > start && bytes[at] != ' ') {
            at--;
        }
        return at;
    }

    private static void requireMethod(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if ((bytes[i] < 'A' || bytes[i] > 'Z') && bytes[i] != '-') {
                throw new Refused(400);
            }
        }
    }

    private static RequestTarget target(String sent, FieldLines fields) {
        return RequestTarget.of(sent, fields.all("host").stream().findFirst());
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean chunked(FieldLines fields, boolean http11) {
        if (!fields.has("transfer-encoding")) {
            return false;
        }
        List<String> codings = fields.all("transfer-encoding");
        // what an HTTP/1.0 sender means by a coding is anybody's guess, RFC 9112 section 6.1
        if (!http11
                || fields.has("content-length")
                || codings.size() != 1
                || !codings.getFirst().equalsIgnoreCase("chunked")) {
            throw new Refused(400);
        }
        return true;
    }

    private static long length(FieldLines fields) {
        if (!fields.has("content-length")) {
            return 0;
        }
        long length = fields.number("content-length", LONGEST_LENGTH);
        if (length < 0) {
            throw new Refused(400);
        }
        return length;
    }

    /** Whether the connection ends with this request. */
    boolean lastOfConnection() {
        return http11
                ? fields.hasElement("connection", "close")
                : fields.hasElement("connection", "close") || !fields.hasElement("connection", "keep-alive");
    }

    boolean expectsContinue() {
        return fields.hasElement("expect", "100-continue");
    }

    boolean wantsContinue() {
        return http11 && expectsContinue();
    }

    boolean hasBody() {
        return chunked || length > 0;
    }

    @Override
    public List<String> all(String name) {
        return fields.all(name);
    }

    @Override
    public Iterable<String> names() {
        return fields.names();
    }

    /** Targets and headers may hold credentials. */
    @Override
    public String toString() {
        return method + " " + fields;
    }
}
