package dev.portcullis.benchmarks;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The floor: Helidon with nothing behind it. {@code /constant} leaves the body unread, {@code /echo} parses and writes it. */
final class BareServer {
    private BareServer() {}

    public static void main(String[] args) {
        JsonMapper json = JsonMapper.builder().build();
        byte[] constant = "{\"ok\":true,\"result\":{\"content\":[]}}".getBytes(StandardCharsets.UTF_8);
        // both bodies have about the same size
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(args[0]))
                .routing(HttpRouting.builder()
                        .post("/constant", (request, response) -> {
                            response.header(HeaderNames.CONTENT_TYPE, "application/json");
                            response.send(constant);
                        })
                        .post("/echo", (request, response) -> {
                            JsonNode body = json.readTree(request.content().as(byte[].class));
                            response.header(HeaderNames.CONTENT_TYPE, "application/json");
                            response.send(json.writeValueAsBytes(Map.of("ok", true, "result", body)));
                        }))
                .build()
                .start();
    }
}
