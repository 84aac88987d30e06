package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.auth.Headers;
import io.helidon.common.buffers.DataReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Request line and headers, read by Helidon's reader and parser of headers, framing already checked. The line is taken apart
 * here: Helidon's parser of it knows no HTTP/1.0, which proxies speak unless told otherwise.
 *
 * @param length of the body; 0 if there is none or it is chunked
 */
record RequestHead(
        String method, RequestTarget target, boolean http11, HeaderFields fields, boolean chunked, long length)
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
    /** What nearly all requests begin with. */
    private static final byte[] INVOCATION =
            ("POST " + ToolsInvokeHandler.PATH + " HTTP/1.1").getBytes(StandardCharsets.US_ASCII);

    private static final RequestTarget INVOKE = new RequestTarget(ToolsInvokeHandler.PATH, "");

    /** Reads a head, whose bytes are marked from its first line on; the body comes next. */
    static RequestHead read(Received in) {
        byte[] line = line(in);
        HeaderFields fields = HeaderFields.read(in, line.length + 2, HttpConnection.LARGEST_HEADERS);
        return Arrays.equals(line, INVOCATION)
                ? of("POST", INVOKE, true, fields)
                : of(new String(line, StandardCharsets.ISO_8859_1), fields);
    }

    /** The request line, which is marked. Empty lines before it are forgiven. */
    private static byte[] line(Received in) {
        DataReader reader = in.reader();
        try {
            while (reader.startsWithNewLine()) {
                reader.skip(2);
            }
            in.mark();
            int end = reader.findNewLine(HttpConnection.LONGEST_LINE);
            if (end == HttpConnection.LONGEST_LINE) {
                throw new Refused(414);
            }
            byte[] line = reader.readBytes(end);
            reader.skip(2);
            return line;
        } catch (DataReader.IncorrectNewLineException malformed) {
            throw new Refused(400);
        }
    }

    /** Takes the request line apart; RFC 9112 section 3. */
    private static RequestHead of(String line, HeaderFields fields) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last <= first + 1) {
            throw new Refused(400);
        }
        String version = line.substring(last + 1);
        boolean http11 = version.equals("HTTP/1.1");
        if (!http11 && !version.equals("HTTP/1.0")) {
            throw new Refused(400);
        }
        String method = line.substring(0, first);
        requireMethod(method);
        return of(method, target(line.substring(first + 1, last), fields), http11, fields);
    }

    /** Checks the fields that frame the body; RFC 9112 section 6. */
    private static RequestHead of(String method, RequestTarget target, boolean http11, HeaderFields fields) {
        int hosts = fields.count("host");
        if (hosts > 1 || (http11 && hosts == 0)) {
            throw new Refused(400);
        }
        boolean chunked = chunked(fields, http11);
        return new RequestHead(method, target, http11, fields, chunked, chunked ? 0 : length(fields));
    }

    private static void requireMethod(String method) {
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if ((c < 'A' || c > 'Z') && c != '-') {
                throw new Refused(400);
            }
        }
    }

    private static RequestTarget target(String sent, HeaderFields fields) {
        return RequestTarget.of(sent, fields.all("host").stream().findFirst());
    }

    private static boolean chunked(HeaderFields fields, boolean http11) {
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

    private static long length(HeaderFields fields) {
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
    public String bearer() {
        return fields.bearer(Headers.super::bearer);
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
