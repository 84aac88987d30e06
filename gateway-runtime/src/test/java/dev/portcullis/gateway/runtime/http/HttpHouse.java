package dev.portcullis.gateway.runtime.http;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import dev.portcullis.gateway.runtime.operate.GatewayIdentity;
import dev.portcullis.gateway.runtime.operate.OperatorSnapshot;
import dev.portcullis.gateway.runtime.operate.OperatorSnapshots;
import dev.portcullis.gateway.runtime.operate.OperatorViews;
import dev.portcullis.gateway.runtime.operate.Reloads;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.telemetry.GatewayMetrics;
import dev.portcullis.gateway.runtime.tls.ServerTls;
import dev.portcullis.gateway.runtime.ws.Conversations;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mockito.Mockito;

/** A real listener before the real road. */
final class HttpHouse implements AutoCloseable {
    static final ConnectionLimits LIMITS = new ConnectionLimits(Duration.ofSeconds(30), Duration.ofSeconds(60), 1_000);

    private static final Reloads NO_RELOADS = new Reloads() {
        @Override
        public Report reload(What what, Optional<String> plugin) {
            throw new AssertionError("nothing is to be reloaded");
        }

        @Override
        public State state() {
            return State.SERVED;
        }
    };

    final TestRoad road;
    final HttpServer server;
    volatile List<String> failing = List.of();

    private HttpHouse(TestRoad road, Duration bodyTime, ConnectionLimits limits, Optional<ServerTls> tls) {
        this.road = road;
        Router router = new Router(
                road,
                () -> new Readiness(failing, List.of(), List.of(), List.of(), List.of(), Duration.ZERO, "test"),
                () -> failing.contains(Readiness.DRAINING),
                road.pipeline(Answers::status),
                new OperatorViews(
                        new GatewayIdentity("test", Instant.EPOCH),
                        () -> operators(road.current()),
                        road.store,
                        NO_RELOADS)::answer,
                Mockito.mock(Conversations.class),
                new GatewayMetrics("test"),
                bodyTime);
        this.server = HttpServer.start(InetAddress.getLoopbackAddress(), 0, router, HttpServer::address, limits, tls);
    }

    private static OperatorSnapshot operators(Snapshot now) {
        return OperatorSnapshots.idle(
                now.config(),
                now.policy(),
                now.catalog(),
                now.sessions(),
                new PluginSet(List.of(), List.of(), List.of(), List.of()));
    }

    static HttpHouse of(Tool... tools) {
        return of(TestRoad.of(tools));
    }

    static HttpHouse of(TestRoad road) {
        return of(road, ToolsInvokeHandler.BODY_TIME, LIMITS);
    }

    static HttpHouse of(TestRoad road, Duration bodyTime, ConnectionLimits limits) {
        return new HttpHouse(road, bodyTime, limits, Optional.empty());
    }

    /** One that encrypts. */
    static HttpHouse of(TestRoad road, ConnectionLimits limits, Optional<ServerTls> tls) {
        return new HttpHouse(road, ToolsInvokeHandler.BODY_TIME, limits, tls);
    }

    RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    /** Head of a call with the token, up to the framing of the body. */
    static String head(String... more) {
        StringBuilder head = new StringBuilder(
                "POST /tools/invoke HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestRoad.TOKEN + "\r\n");
        for (String line : more) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    static String call(String body, String... more) {
        return head(more) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static String callOf(String tool, String... more) {
        return call("{\"tool\":\"" + tool + "\"}", more);
    }

    @Override
    public void close() {
        server.close();
        road.close();
    }
}
