package dev.portcullis.gateway.runtime.cli;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A gateway's WebSocket, asked one thing after the other. One thread. */
final class GatewaySocket implements AutoCloseable {
    private static final int PROTOCOL = 4;
    private static final int PROBED = 3;

    /** No answer can be had. The message is for the operator. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        private final int code;
        private final String reason;
        private final boolean reached;
        private final boolean believed;

        private Broken(String message, int code, String reason, boolean reached) {
            this(message, code, reason, reached, true);
        }

        private Broken(String message, int code, String reason, boolean reached, boolean believed) {
            super(message);
            this.code = code;
            this.reason = reason;
            this.reached = reached;
            this.believed = believed;
        }

        static Broken unreached(String message) {
            return new Broken(message, 1006, "", false);
        }

        /** Something encrypts there, or does not, and is not who it has to be. */
        static Broken unbelieved(String message) {
            return new Broken(message, 1006, "", false, false);
        }

        static Broken closed(int code, String reason) {
            String said = reason.isBlank() ? "" : ": " + Printable.line(reason);
            return new Broken("gateway closed (" + code + ")" + said, code, Printable.line(reason), true);
        }

        static Broken late() {
            return new Broken("timeout", 1006, "", true);
        }

        int code() {
            return code;
        }

        String reason() {
            return reason;
        }

        /** Whether something spoke WebSocket there. */
        boolean reached() {
            return reached;
        }

        boolean believed() {
            return believed;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /** What a request came to: a payload, or an error. */
    record Reply(boolean ok, @Nullable Object payload, Fields error) {
        String message() {
            return Printable.line(error.text("message"));
        }
    }

    private sealed interface Event {
        record Frame(Fields fields) implements Event {}

        record Closed(int code, String reason) implements Event {}
    }

    /** Characters of a message: whatever answers there may be no gateway, and have no end. */
    private static final int LONGEST = 64 << 20;

    private final GatewayTarget target;
    private final long until;
    private final HttpClient http;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private @Nullable WebSocket socket;
    private int requests;

    GatewaySocket(GatewayTarget target, Duration timeout) {
        this.target = target;
        this.http = GatewayClient.http(target).build();
        this.until = System.nanoTime() + timeout.toNanos();
    }

    static URI url(GatewayTarget target) {
        return URI.create(target.base().toString().replaceFirst("^http", "ws"));
    }

    /** Opens it and says who asks; the answer is {@code hello-ok} or a refusal. */
    Reply connect(String mode, List<String> scopes) throws Broken {
        socket = open();
        while (!next().text("event").equals("connect.challenge")) {
            // nothing else is of interest before
        }
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("id", "cli");
        client.put("version", Version.number());
        client.put("platform", System.getProperty("os.name").toLowerCase(Locale.ROOT));
        client.put("mode", mode);
        client.put("instanceId", UUID.randomUUID().toString());
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("minProtocol", mode.equals("probe") ? PROBED : PROTOCOL);
        params.put("maxProtocol", PROTOCOL);
        params.put("client", client);
        params.put("caps", List.of());
        params.put("role", "operator");
        params.put("scopes", scopes);
        // the gateway knows which of the two it asks for
        target.credential().map(known -> known.secret().reveal()).ifPresent(secret -> {
            params.put("auth", Map.of("token", secret, "password", secret));
        });
        return request("connect", params);
    }

    private WebSocket open() throws Broken {
        try {
            return http.newWebSocketBuilder()
                    .buildAsync(url(target), new Listener())
                    .get(left(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof SSLException notBelieved) {
                throw Broken.unbelieved(Refusals.why(target, notBelieved));
            }
            throw Broken.unreached(why(target, failed.getCause()));
        } catch (TimeoutException late) {
            throw Broken.unreached("timeout");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Broken.unreached("interrupted");
        }
    }

    private static String why(GatewayTarget target, @Nullable Throwable cause) {
        return switch (cause) {
            case WebSocketHandshakeException refused ->
                "HTTP " + refused.getResponse().statusCode() + " instead of a WebSocket"
                        + (refused.getResponse().statusCode() == 400 && !target.encrypted()
                                ? "; wss:// or https:// if the gateway encrypts"
                                : "");
            case ConnectException absent -> "connection refused";
            case null -> "no connection";
            default ->
                cause.getCause() instanceof ClosedChannelException
                        ? "connection closed"
                        : cause.getClass().getSimpleName();
        };
    }

    /** Asks, and waits for the answer. */
    Reply request(String method, @Nullable Object params) throws Broken {
        String id = Integer.toString(++requests);
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("type", "req");
        frame.put("id", id);
        frame.put("method", method);
        if (params != null) {
            frame.put("params", params);
        }
        WebSocket open = socket;
        if (open == null) {
            throw Broken.unreached("not open");
        }
        CompletableFuture<WebSocket> sent = open.sendText(Json.line(frame), true);
        while (true) {
            Fields answer = next();
            if (sent.isCompletedExceptionally()) {
                throw Broken.closed(1006, "");
            }
            if (answer.text("type").equals("res") && answer.text("id").equals(id)) {
                return new Reply(answer.flag("ok"), answer.value("payload"), answer.object("error"));
            }
        }
    }

    /** How it was closed, if that comes within a moment. */
    Optional<Broken> closed() {
        try {
            for (Event event = events.poll(300, TimeUnit.MILLISECONDS);
                    event != null;
                    event = events.poll(300, TimeUnit.MILLISECONDS)) {
                if (event instanceof Event.Closed closed) {
                    return Optional.of(Broken.closed(closed.code(), closed.reason()));
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private Fields next() throws Broken {
        try {
            return switch (events.poll(left(), TimeUnit.NANOSECONDS)) {
                case null -> throw Broken.late();
                case Event.Frame frame -> frame.fields();
                case Event.Closed closed -> throw Broken.closed(closed.code(), closed.reason());
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Broken.late();
        }
    }

    private long left() {
        return Math.max(1, until - System.nanoTime());
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            if (!open.isOutputClosed()) {
                CompletableFuture<WebSocket> said = open.sendClose(WebSocket.NORMAL_CLOSURE, "");
                if (!said.isCompletedExceptionally()) {
                    closed();
                }
            }
            open.abort();
        }
        http.shutdownNow();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (text.length() > LONGEST) {
                events.add(new Event.Closed(1009, "more than " + LONGEST + " characters in one message"));
                from.abort();
                return null;
            }
            if (last) {
                Json.parse(text.toString()).ifPresent(parsed -> events.add(new Event.Frame(Fields.of(parsed.value()))));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            events.add(new Event.Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            events.add(new Event.Closed(1006, ""));
        }
    }
}
