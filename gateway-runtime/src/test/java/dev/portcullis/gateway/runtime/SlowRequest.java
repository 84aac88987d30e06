package dev.portcullis.gateway.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request that the gateway has let in, and whose body goes on when the test says so. */
final class SlowRequest implements AutoCloseable {
    /** Until the gateway waits for the rest. */
    private static final long LET_IN = 300;

    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private final Socket socket;
    private final String rest;

    private SlowRequest(Socket socket, String rest) {
        this.socket = socket;
        this.rest = rest;
    }

    /** Sends an invocation up to the first letter of its body. */
    static SlowRequest begin(int port, String body) throws Exception {
        SlowRequest request = new SlowRequest(new Socket("127.0.0.1", port), body.substring(1));
        request.send("POST /tools/invoke HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + TestGateway.TOKEN + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body.charAt(0));
        Thread.sleep(LET_IN);
        return request;
    }

    /** Sends the rest; the status of the answer. */
    int finish() throws IOException {
        send(rest);
        String line = new String(socket.getInputStream().readNBytes(STATUS_AT + 3), StandardCharsets.US_ASCII);
        return Integer.parseInt(line.substring(STATUS_AT));
    }

    private void send(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
