package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Connections to a server of their own, all closed when the test ends. */
@Timeout(120)
abstract class ConnectionFixture {
    static final String HEALTH = "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n";

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    HttpHouse house(TestRoad road, Duration bodyTime, ConnectionLimits limits) {
        HttpHouse house = HttpHouse.of(road, bodyTime, limits);
        open.add(house);
        return house;
    }

    HttpHouse house() {
        return house(echoing(), ToolsInvokeHandler.BODY_TIME, HttpHouse.LIMITS);
    }

    static TestRoad echoing() {
        return TestRoad.of(Tool.of(
                TestRoad.named("echo", InputSchema.object().optionalString("text", "to say")),
                call -> ToolResult.text(call.arguments().optionalString("text").orElse(""))));
    }

    RawClient client(HttpHouse house) throws IOException {
        RawClient client = house.connect();
        open.add(client);
        return client;
    }

    static String echo(String text) {
        return HttpHouse.call("{\"tool\":\"echo\",\"args\":{\"text\":\"" + text + "\"}}");
    }
}
