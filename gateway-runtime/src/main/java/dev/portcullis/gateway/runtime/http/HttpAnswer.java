package dev.portcullis.gateway.runtime.http;

import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An answer, ready to be sent. Immutable. */
final class HttpAnswer {
    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    private static final byte[] NOTHING = {};

    /** On every answer, as recorded from the reference gateway. */
    private static final String ALWAYS = """
            X-Content-Type-Options: nosniff\r
            Referrer-Policy: no-referrer\r
            Permissions-Policy: camera=(), microphone=(self), geolocation=()\r
            """;

    /** By status. */
    private static final String[] START = IntStream.range(0, 600)
            .mapToObj(status -> status < 100 ? "" : start(status))
            .toArray(String[]::new);

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final List<String> headers;
    private final boolean close;

    /**
     * @param contentType empty if there is no body
     * @param headers whole header lines without line ends
     * @param close whether the connection must end with it
     */
    HttpAnswer(int status, String contentType, byte[] body, List<String> headers, boolean close) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.headers = List.copyOf(headers);
        this.close = close;
    }

    int status() {
        return status;
    }

    boolean close() {
        return close;
    }

    /** Not a copy. */
    byte[] body() {
        return body;
    }

    static HttpAnswer json(int status, byte[] body, String... headers) {
        return new HttpAnswer(status, JSON, body, List.of(headers), false);
    }

    static HttpAnswer text(int status, String text, String... headers) {
        return new HttpAnswer(status, TEXT, text.getBytes(StandardCharsets.UTF_8), List.of(headers), false);
    }

    static HttpAnswer empty(int status) {
        return new HttpAnswer(status, "", NOTHING, List.of(), true);
    }

    HttpAnswer closing() {
        return new HttpAnswer(status, contentType, body, headers, true);
    }

    HttpAnswer with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new HttpAnswer(status, contentType, body, more, close);
    }

    /**
     * Head and body as they go out.
     *
     * @param last whether the connection ends with it
     * @param withBody false for HEAD
     * @param hsts the Strict-Transport-Security line with its line end, or nothing
     */
    byte[] render(boolean last, boolean withBody, String hsts) {
        StringBuilder head = new StringBuilder(448).append(START[status]).append(hsts);
        if (!contentType.isEmpty()) {
            head.append("Content-Type: ").append(contentType).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Date: ").append(HttpDate.now()).append("\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n");
        head.append(last ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n");
        if (!withBody || body.length == 0) {
            return head.toString().getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] whole = new byte[head.length() + body.length];
        latin(head, whole);
        System.arraycopy(body, 0, whole, head.length(), body.length);
        return whole;
    }

    /** Heads hold nothing else: without the string in between. */
    private static void latin(StringBuilder head, byte[] into) {
        for (int i = 0; i < head.length(); i++) {
            into[i] = (byte) head.charAt(i);
        }
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
        return status + " " + contentType + " " + body.length + " bytes";
    }
}
