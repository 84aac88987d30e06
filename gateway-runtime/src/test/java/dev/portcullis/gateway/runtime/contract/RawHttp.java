package dev.portcullis.gateway.runtime.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Sends a recorded request byte for byte, and reads the one answer. */
final class RawHttp {
    /** @param body as text; empty for HEAD */
    record Answer(int status, Map<String, String> headers, String body) {}

    private static final int STEP = 16 * 1024;

    private RawHttp() {}

    /** The answer; empty if the connection ended without one. */
    static Optional<Answer> send(int port, JsonNode request, int timeoutMillis) throws IOException {
        byte[] body = body(request);
        boolean chunked =
                request.has("transfer") && request.get("transfer").stringValue().equals("chunked");
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(head(port, request, body, chunked));
                if (body != null) {
                    write(out, body, chunked);
                }
                out.flush();
                if (request.has("half_close")) {
                    socket.shutdownOutput();
                }
            } catch (SocketException answeredBeforeTheEnd) {
                // what was answered is read below
            }
            return read(socket.getInputStream(), request.get("method").stringValue());
        } catch (SocketTimeoutException silent) {
            return Optional.empty();
        }
    }

    private static byte[] head(int port, JsonNode request, byte[] body, boolean chunked) {
        StringBuilder head = new StringBuilder(request.get("method").stringValue())
                .append(' ')
                .append(request.get("path").stringValue())
                .append(" HTTP/1.1\r\n");
        Map<String, Boolean> given = new LinkedHashMap<>();
        StringBuilder fields = new StringBuilder();
        for (JsonNode field : request.path("headers")) {
            given.put(field.get(0).stringValue().toLowerCase(Locale.ROOT), true);
            fields.append(field.get(0).stringValue())
                    .append(": ")
                    .append(field.get(1).stringValue())
                    .append("\r\n");
        }
        if (!given.containsKey("host") && !request.has("no_host")) {
            head.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        head.append(fields);
        if (!given.containsKey("connection")) {
            head.append("Connection: close\r\n");
        }
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (body != null && !given.containsKey("content-length")) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] body(JsonNode request) {
        if (request.has("body")) {
            return request.get("body").toString().getBytes(StandardCharsets.UTF_8);
        }
        if (request.has("body_raw")) {
            return request.get("body_raw").stringValue().getBytes(StandardCharsets.UTF_8);
        }
        if (request.has("body_hex")) {
            return HexFormat.of().parseHex(request.get("body_hex").stringValue());
        }
        if (request.has("body_gen")) {
            JsonNode made = request.get("body_gen");
            byte[] before = made.get("prefix").stringValue().getBytes(StandardCharsets.UTF_8);
            byte[] after = made.get("suffix").stringValue().getBytes(StandardCharsets.UTF_8);
            byte[] whole = new byte[made.get("total_bytes").intValue()];
            Arrays.fill(whole, (byte) 'x');
            System.arraycopy(before, 0, whole, 0, before.length);
            System.arraycopy(after, 0, whole, whole.length - after.length, after.length);
            return whole;
        }
        return null;
    }

    private static void write(OutputStream out, byte[] body, boolean chunked) throws IOException {
        if (!chunked) {
            out.write(body);
            return;
        }
        for (int at = 0; at < body.length; at += STEP) {
            int size = Math.min(STEP, body.length - at);
            out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, at, size);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<Answer> read(InputStream in, String method) throws IOException {
        while (true) {
            String head = readHead(in);
            if (head == null) {
                return Optional.empty();
            }
            String[] lines = head.split("\r\n");
            int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
            if (status == 100) {
                continue;
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
            int length = method.equals("HEAD") ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return Optional.of(new Answer(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8)));
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                head.write(b);
                String text = head.size() > 3 && b == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
                if (text.endsWith("\r\n\r\n")) {
                    return text.substring(0, text.length() - 4);
                }
            }
        } catch (SocketException reset) {
            return null;
        }
        return null;
    }
}
