package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.ws.Conversation;
import dev.portcullis.gateway.runtime.ws.Conversations;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** From HTTP to a WebSocket: RFC 6455 section 4.2. */
final class WsUpgrade {
    private static final HttpAnswer OTHER_VERSION = HttpAnswer.text(
                    426, "Upgrade Required", "Sec-WebSocket-Version: 13")
            .closing();
    private static final HttpAnswer TOO_MANY = HttpAnswer.text(
                    503, "Too many unauthenticated sockets", "Retry-After: 1")
            .closing();
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private final Conversations conversations;

    WsUpgrade(Conversations conversations) {
        this.conversations = conversations;
    }

    /** Whether the client asks for a WebSocket; else the header is none of ours to honour. */
    static boolean asked(RequestHead head) {
        return head.http11()
                && head.method().equals("GET")
                && !head.all("upgrade").isEmpty()
                && head.all("connection").stream()
                        .flatMap(value -> Stream.of(value.split(",", -1)))
                        .anyMatch(
                                token -> token.strip().toLowerCase(Locale.ROOT).equals("upgrade"));
    }

    void handle(HttpExchange exchange, Attribution attribution) {
        RequestHead head = exchange.head();
        if (!head.all("sec-websocket-version").equals(List.of("13"))) {
            exchange.send(OTHER_VERSION);
            return;
        }
        Optional<String> key = key(head);
        if (key.isEmpty() || head.hasBody() || head.expectsContinue()) {
            exchange.send(Answers.BAD_UPGRADE);
            return;
        }
        WsConnection connection = new WsConnection(exchange.connection());
        Optional<Conversation> conversation = conversations.open(attribution, head, connection);
        if (conversation.isEmpty()) {
            exchange.send(TOO_MANY);
            return;
        }
        boolean upgraded = false;
        try {
            exchange.upgrade(answer(key.get()), () -> connection.run(conversation.get()));
            upgraded = true;
        } finally {
            if (!upgraded) {
                conversation.get().ended();
            }
        }
    }

    private static Optional<String> key(RequestHead head) {
        List<String> keys = head.all("sec-websocket-key");
        try {
            String key = keys.size() == 1 ? keys.getFirst().strip() : "";
            return Base64.getDecoder().decode(key).length == KEY_BYTES ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** No extension and no subprotocol is agreed to. */
    private static byte[] answer(String key) {
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
        return answer.getBytes(StandardCharsets.US_ASCII);
    }

    private static String accept(String key) {
        try {
            byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
