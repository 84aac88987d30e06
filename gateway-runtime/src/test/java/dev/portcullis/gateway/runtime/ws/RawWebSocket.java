package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A client that can misbehave: frames byte by byte over a socket. */
public final class RawWebSocket implements AutoCloseable {
    static final int TEXT = 0x81;
    static final int PING = 0x89;
    static final int CLOSE = 0x88;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    /** A frame that came in. */
    record Frame(int opcode, byte[] payload) {}

    /** How the gateway said goodbye. */
    record Closed(int code, String reason) {}

    private final Socket socket;
    private final DataInputStream in;
    private final String head;

    private RawWebSocket(Socket socket, DataInputStream in, String head) {
        this.socket = socket;
        this.in = in;
        this.head = head;
    }

    static RawWebSocket open(int port, String... more) throws IOException {
        return upgrade(port, "GET / HTTP/1.1", "13", "dGhlIHNhbXBsZSBub25jZQ==", more);
    }

    static RawWebSocket upgrade(int port, String line, String version, String key, String... more) throws IOException {
        Socket socket = connect(port);
        return upgrade(socket, new DataInputStream(socket.getInputStream()), line, version, key, more);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static RawWebSocket upgrade(
            Socket socket, DataInputStream in, String line, String version, String key, String... more)
            throws IOException {
        int port = socket.getPort();
        StringBuilder request = new StringBuilder(line)
                .append("\r\nHost: 127.0.0.1:" + port + "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n")
                .append("Sec-WebSocket-Version: " + version + "\r\nSec-WebSocket-Key: " + key + "\r\n");
        for (String header : more) {
            request.append(header).append("\r\n");
        }
        socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return new RawWebSocket(socket, in, head(in));
    }

    /** Sends the upgrade, the authentication and a text frame in one piece, and the last byte of them alone. */
    static RawWebSocket openAnd(int port, byte[] text, String... scopes) throws IOException {
        Socket socket = connect(port);
        byte[] connect = JSON.writeValueAsBytes(Map.of(
                "type", "req", "id", "ask", "method", "connect", "params", connect(TestGateway.TOKEN, "cli", scopes)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(
                ("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(masked(TEXT, connect));
        all.writeBytes(masked(TEXT, text));
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(all.toByteArray(), 0, all.size() - 1);
        socket.getOutputStream().write(all.toByteArray(), all.size() - 1, 1);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        return new RawWebSocket(socket, in, head(in));
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** Opens, takes the challenge and authenticates with these scopes. */
    static RawWebSocket connected(int port, String token, String... scopes) throws IOException {
        return authenticated(open(port), token, scopes);
    }

    /** The same on a connection that invoked a tool over HTTP first. */
    public static RawWebSocket connectedAfterInvoking(int port, String body, String token, String... scopes)
            throws IOException {
        Socket socket = connect(port);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream()
                .write(("POST /tools/invoke HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
                                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.ISO_8859_1));
        String head = head(in);
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("not invoked: " + head);
        }
        Matcher length = LENGTH.matcher(head);
        in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
        return authenticated(upgrade(socket, in, "GET / HTTP/1.1", "13", "dGhlIHNhbXBsZSBub25jZQ=="), token, scopes);
    }

    private static RawWebSocket authenticated(RawWebSocket opened, String token, String... scopes) throws IOException {
        opened.next();
        Map<String, Object> hello = opened.ask("connect", connect(token, "cli", scopes));
        if (!Boolean.TRUE.equals(hello.get("ok"))) {
            throw new IOException("not connected: " + hello);
        }
        return opened;
    }

    /** Asks for a tool in a frame that belongs to a trace of its own. */
    void invokeTraced(String id, String tool, String traceparent) throws IOException {
        send(Map.of(
                "type",
                "req",
                "id",
                id,
                "method",
                "tools.invoke",
                "params",
                Map.of("name", tool),
                "traceparent",
                traceparent));
    }

    static Map<String, Object> connect(String token, String mode, String... scopes) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("minProtocol", 4);
        params.put("maxProtocol", 4);
        params.put("client", Map.of("id", "cli", "version", "1", "platform", "linux", "mode", mode));
        params.put("role", "operator");
        params.put("scopes", List.of(scopes));
        params.put("auth", Map.of("token", token));
        return params;
    }

    /** Status line and headers of the answer to the upgrade. */
    String head() {
        return head;
    }

    int status() {
        return Integer.parseInt(head.substring(9, 12));
    }

    void frame(int first, byte[] payload) throws IOException {
        bytes(masked(first, payload));
    }

    private static byte[] masked(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65536) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        out.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ MASK[i % 4]);
        }
        return out.toByteArray();
    }

    void bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void text(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void send(Map<String, ?> frame) throws IOException {
        text(JSON.writeValueAsString(frame));
    }

    void request(String id, String method, Object params) throws IOException {
        send(Map.of("type", "req", "id", id, "method", method, "params", params));
    }

    public Map<String, Object> ask(String method, Object params) throws IOException {
        request("ask", method, params);
        return answer("ask");
    }

    Map<String, Object> answer(String id) throws IOException {
        Map<String, Object> frame = next();
        while (!id.equals(frame.get("id"))) {
            frame = next();
        }
        return frame;
    }

    /** The text of the frame that answers; nothing else comes before it. */
    String asked(String method, Object params) throws IOException {
        request("text", method, params);
        String text = "";
        while (!text.contains("\"id\":\"text\"")) {
            text = new String(read().payload(), StandardCharsets.UTF_8);
        }
        return text;
    }

    Map<String, Object> next() throws IOException {
        Frame frame = read();
        if (frame.opcode() != 1) {
            throw new IOException("no text: " + frame.opcode() + " " + closed(frame));
        }
        return JSON.readValue(frame.payload(), new TypeReference<Map<String, Object>>() {});
    }

    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        if ((second & 0x80) != 0) {
            throw new IOException("a server does not mask");
        }
        long length = second == 126 ? in.readUnsignedShort() : second == 127 ? in.readLong() : second;
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        return new Frame(first & 0x0f, payload);
    }

    /** Reads on until the gateway closes. */
    Closed closed() throws IOException {
        Frame frame = read();
        while (frame.opcode() != 8) {
            frame = read();
        }
        return closed(frame);
    }

    private static Closed closed(Frame frame) {
        byte[] payload = frame.payload();
        return payload.length < 2
                ? new Closed(1005, "")
                : new Closed(
                        (payload[0] & 0xff) << 8 | payload[1] & 0xff,
                        new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
    }

    /** Whether the connection itself is at its end. */
    boolean ended() throws IOException {
        try {
            in.readUnsignedByte();
            return false;
        } catch (EOFException | SocketException end) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
