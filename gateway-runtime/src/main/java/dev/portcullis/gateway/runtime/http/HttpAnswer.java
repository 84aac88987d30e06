package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An answer, ready to be sent. Immutable, apart from the room before its body. */
final class HttpAnswer {
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    /** What a body may leave free before itself, so that the head can be put there. */
    static final int ROOM = 352;

    private static final String INVOCATION = "x-portcullis-invocation: ";

    private static final byte[] NOTHING = {};
    private static final String[] NO_HEADERS = {};

    /** On every answer, as recorded from the reference gateway. */
    private static final String ALWAYS = """
            X-Content-Type-Options: nosniff\r
            Referrer-Policy: no-referrer\r
            Permissions-Policy: camera=(), microphone=(self), geolocation=()\r
            """;

    /** By status. */
    private static final byte[][] START = IntStream.range(0, 600)
            .mapToObj(status -> status < 100 ? NOTHING : latin(start(status)))
            .toArray(byte[][]::new);

    private static final byte[] CLOSE = latin("\r\nConnection: close\r\n\r\n");
    private static final byte[] KEEP_ALIVE = latin("\r\nConnection: keep-alive\r\n\r\n");
    private static final String CONTENT_LENGTH = "Content-Length: ";

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final int from;
    private final int length;
    private final String[] headers;
    private final boolean close;

    /** Empty if it is of none. */
    private final String invocation;

    /**
     * @param contentType empty if there is no body
     * @param headers whole header lines without line ends
     * @param close whether the connection must end with it
     */
    HttpAnswer(int status, String contentType, byte[] body, List<String> headers, boolean close) {
        this(status, contentType, body, 0, body.length, headers.toArray(String[]::new), close, "");
    }

    private HttpAnswer(
            int status,
            String contentType,
            byte[] body,
            int from,
            int length,
            String[] headers,
            boolean close,
            String invocation) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.from = from;
        this.length = length;
        this.headers = headers;
        this.close = close;
        this.invocation = invocation;
    }

    int status() {
        return status;
    }

    boolean close() {
        return close;
    }

    byte[] body() {
        return Arrays.copyOfRange(body, from, from + length);
    }

    static HttpAnswer json(int status, byte[] body, String... headers) {
        return new HttpAnswer(status, JSON, body, List.of(headers), false);
    }

    /** @param body for this answer alone: its room is used */
    static HttpAnswer json(int status, JsonBytes body) {
        return new HttpAnswer(status, JSON, body.array(), body.start(), body.length(), NO_HEADERS, false, "");
    }

    /** A result. */
    static HttpAnswer json(JsonBytes body, String invocation) {
        return new HttpAnswer(200, JSON, body.array(), body.start(), body.length(), NO_HEADERS, false, invocation);
    }

    static HttpAnswer text(int status, String text, String... headers) {
        return new HttpAnswer(status, TEXT, text.getBytes(StandardCharsets.UTF_8), List.of(headers), false);
    }

    static HttpAnswer empty(int status) {
        return new HttpAnswer(status, "", NOTHING, List.of(), true);
    }

    HttpAnswer closing() {
        return new HttpAnswer(status, contentType, body, from, length, headers, true, invocation);
    }

    HttpAnswer with(String header) {
        String[] more = Arrays.copyOf(headers, headers.length + 1);
        more[headers.length] = header;
        return new HttpAnswer(status, contentType, body, from, length, more, close, invocation);
    }

    /** The same with the id of the invocation that it answers. */
    HttpAnswer of(String id) {
        return new HttpAnswer(status, contentType, body, from, length, headers, close, id);
    }

    /**
     * Head and body as they go out.
     *
     * @param last whether the connection ends with it
     * @param withBody false for HEAD
     * @param hsts the Strict-Transport-Security line with its line end, or nothing
     */
    BufferData render(boolean last, boolean withBody, String hsts) {
        String date = HttpDate.line();
        String size = Integer.toString(length);
        byte[] start = START[status];
        byte[] end = last ? CLOSE : KEEP_ALIVE;
        int head = start.length
                + hsts.length()
                + typeLength()
                + headersLength()
                + date.length()
                + CONTENT_LENGTH.length()
                + size.length()
                + end.length;
        int shown = withBody ? length : 0;
        boolean inPlace = head <= from;
        byte[] whole = inPlace ? body : new byte[head + shown];
        int begin = inPlace ? from - head : 0;
        System.arraycopy(start, 0, whole, begin, start.length);
        int at = put(hsts, whole, begin + start.length);
        if (!contentType.isEmpty()) {
            at = line("Content-Type: ", contentType, whole, at);
        }
        for (String header : headers) {
            at = line(header, "", whole, at);
        }
        if (!invocation.isEmpty()) {
            at = line(INVOCATION, invocation, whole, at);
        }
        at = put(date, whole, at);
        at = put(CONTENT_LENGTH, whole, at);
        at = put(size, whole, at);
        System.arraycopy(end, 0, whole, at, end.length);
        if (!inPlace) {
            System.arraycopy(body, from, whole, head, shown);
        }
        return BufferData.create(whole, begin, head + shown);
    }

    private int typeLength() {
        return contentType.isEmpty() ? 0 : "Content-Type: ".length() + contentType.length() + 2;
    }

    private int headersLength() {
        int all = invocation.isEmpty() ? 0 : INVOCATION.length() + invocation.length() + 2;
        for (String header : headers) {
            all += header.length() + 2;
        }
        return all;
    }

    private static int line(String name, String value, byte[] into, int at) {
        int end = put(value, into, put(name, into, at));
        into[end] = '\r';
        into[end + 1] = '\n';
        return end + 2;
    }

    /** Heads hold nothing but Latin-1. */
    @SuppressWarnings("deprecation")
    private static int put(String text, byte[] into, int at) {
        int length = text.length();
        text.getBytes(0, length, into, at);
        return at + length;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String start(int status) {
        return "HTTP/1.1 " + status + ' ' + reason(status) + "\r\n" + ALWAYS;
    }

    private static String reason(int status) {
        return status == 431
                ? "Request Header Fields Too Large"
                : Status.create(status).reasonPhrase();
    }

    /** Bodies may be results. */
    @Override
    public String toString() {
        return status + " " + contentType + " " + length + " bytes";
    }
}
