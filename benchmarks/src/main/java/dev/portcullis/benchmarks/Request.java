package dev.portcullis.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One request as bytes, and the status that must answer it. */
record Request(byte[] bytes, int status) {
    static Request post(int port, String path, List<String> headers, String body, int status) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        head.append("Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
        byte[] whole = java.util.Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, whole, start.length, content.length);
        return new Request(whole, status);
    }
}
