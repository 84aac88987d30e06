package dev.portcullis.gateway.runtime.cli;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A gateway that answers what a test says, to those who know its token, and remembers what it was asked. */
final class FakeGateway implements AutoCloseable {
    static final String TOKEN = "fake-gateway-token-0123456789";

    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    static {
        HELIDON.setLevel(Level.WARNING);
    }

    private record Answer(int status, String contentType, String body) {}

    record Asked(String line, String body, String authorization, String channel) {}

    private final Map<String, Answer> answers = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final WebServer server;

    private final boolean strict;

    FakeGateway() {
        this(true);
    }

    /** @param strict whether it asks for its token */
    FakeGateway(boolean strict) {
        this.strict = strict;
        server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .shutdownHook(false)
                .routing(routing -> routing.any("/*", this::handle))
                .build()
                .start();
    }

    FakeGateway answering(String line, int status, String body) {
        answers.put(line, new Answer(status, "application/json; charset=utf-8", body));
        return this;
    }

    FakeGateway answeringText(String line, int status, String body) {
        answers.put(line, new Answer(status, "text/html", body));
        return this;
    }

    int port() {
        return server.port();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    Asked last() {
        return asked.getLast();
    }

    List<Asked> asked() {
        return asked;
    }

    private synchronized void handle(ServerRequest request, ServerResponse response) {
        String line = request.prologue().method().text() + " "
                + request.prologue().uriPath().rawPath()
                + (request.query().isEmpty() ? "" : "?" + request.query().rawValue());
        String authorization =
                request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        String channel = request.headers()
                .first(HeaderNames.create("x-openclaw-message-channel"))
                .orElse("");
        String body = request.content().hasEntity() ? request.content().as(String.class) : "";
        asked.add(new Asked(line, body, authorization, channel));
        Answer answer = answers.getOrDefault(line, new Answer(404, "text/plain", "Not Found"));
        if (strict && !authorization.equals("Bearer " + TOKEN)) {
            answer = new Answer(
                    401,
                    "application/json",
                    "{\"ok\":false,\"error\":{\"message\":\"Unauthorized\",\"type\":\"unauthorized\"}}");
        }
        response.status(Status.create(answer.status()))
                .header("Content-Type", answer.contentType())
                .send(answer.body());
    }

    @Override
    public void close() {
        server.stop();
    }
}
