package dev.portcullis.gateway.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of telemetry on this machine, which keeps what it is sent; or one that takes it and never answers. */
public final class Collector implements AutoCloseable {
    /** What it was sent. */
    public record Received(String path, String head, String body) {
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .findFirst()
                    .map(line -> line.substring(name.length() + 1).strip())
                    .orElse("");
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> held = new CopyOnWriteArrayList<>();
    private final boolean answers;
    private final ServerSocket socket;

    public Collector() throws IOException {
        this(true);
    }

    Collector(boolean answers) throws IOException {
        this.answers = answers;
        this.socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofPlatform().daemon(true).start(this::serve);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (answers) {
                    take(client);
                } else {
                    held.add(client);
                }
            } catch (IOException ended) {
                // the next one, or none
            }
        }
    }

    private void take(Socket accepted) throws IOException {
        try (Socket client = accepted) {
            InputStream in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            Received request = new Received(head.toString().split(" ")[1], head.toString(), "");
            byte[] body = in.readNBytes(Integer.parseInt(request.header("content-length")));
            received.add(new Received(request.path(), request.head(), new String(body, StandardCharsets.UTF_8)));
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<Received> received() {
        return received;
    }

    /** Connections that wait for an answer. */
    int waiting() {
        return held.size();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket client : held) {
            client.close();
        }
    }
}
