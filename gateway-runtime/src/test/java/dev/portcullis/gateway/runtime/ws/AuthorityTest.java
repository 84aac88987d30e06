package dev.portcullis.gateway.runtime.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.AuthenticationChain;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.auth.IngressAttribution;
import dev.portcullis.gateway.runtime.auth.NamedAuthenticator;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.SnapshotSource;
import dev.portcullis.gateway.runtime.operate.OperatorAnswer;
import dev.portcullis.gateway.runtime.session.SessionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection lives as long as what its client authenticated with; ticks say that it lives. */
class AuthorityTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Map<String, Object>> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final AtomicReference<Snapshot> current = new AtomicReference<>();
    private Conversations conversations;

    private static Snapshot snapshot(String token, long generation) {
        ConfigReading reading = ConfigReader.withoutFile(ConfigEnvironment.of(Map.of()));
        GatewayConfig config = ((ConfigReading.Valid) reading).config();
        NamedAuthenticator provider = new NamedAuthenticator(
                "token",
                AuthProvider.Kind.SHARED_SECRET,
                request -> request.bearer().filter(token::equals).isPresent()
                        ? AuthResult.authenticated(Principal.operator())
                        : AuthResult.abstained(AuthFailure.wrong("token_mismatch")),
                false);
        AuthRateLimiter limiter = new AuthRateLimiter(config.auth().rateLimit());
        return new Snapshot(
                config,
                new IngressAttribution(List.of(), false),
                new AuthenticationChain(
                        config.auth(),
                        List.of(provider),
                        InvokeConfig.DEFAULT.authProviderTimeout(),
                        limiter,
                        generation),
                null,
                null,
                null);
    }

    @BeforeEach
    void prepare() throws Exception {
        current.set(snapshot("first", 1));
        SessionStore sessions = mock(SessionStore.class);
        when(sessions.list()).thenReturn(List.of());
        Services services = new Services(
                null,
                request -> new OperatorAnswer(OperatorAnswer.Status.OK, new HashMap<>()),
                sessions,
                AuditLog.none(),
                (ToolResult result) -> Map.of());
        conversations = new Conversations(
                source(),
                services,
                new Facts("1", Instant.now(), GatewayKey.of(folder), folder, Optional.empty()),
                new Limits(32, Duration.ofSeconds(15), Duration.ofMillis(20)));
    }

    private SnapshotSource source() {
        return new SnapshotSource() {
            @Override
            public Snapshot current() {
                return current.get();
            }

            @Override
            public Lease lease() {
                Snapshot leased = current.get();
                return new Lease() {
                    @Override
                    public Snapshot snapshot() {
                        return leased;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
    }

    private Conversation connected() throws Exception {
        Link link = new Link() {
            @Override
            public void send(Map<String, Object> frame) {
                sent.add(frame);
            }

            @Override
            public void close(int code, String reason) {
                closed.add(code + " " + reason);
            }
        };
        Headers headers = Headers.of(Map.of("host", List.of("127.0.0.1")));
        Conversation conversation = conversations
                .open(current.get().ingress().attribute("127.0.0.1", headers), headers, link)
                .orElseThrow();
        conversation.begin();
        Map<String, Object> params = new HashMap<>(RawWebSocket.connect("first", "cli", "operator.read"));
        params.put("minProtocol", 4L);
        params.put("maxProtocol", 4L);
        conversation.received(Map.of("type", "req", "id", "1", "method", "connect", "params", params), () -> {});
        assertTrue(conversation.connected(), () -> sent.toString());
        return conversation;
    }

    private Map<String, Object> next(String event) throws Exception {
        while (true) {
            Map<String, Object> frame = sent.poll(20, TimeUnit.SECONDS);
            assertTrue(frame != null, "nothing was sent");
            if (event.equals(frame.get("event"))) {
                return frame;
            }
        }
    }

    @Test
    void ticksComeAndAreNumbered() throws Exception {
        Conversation conversation = connected();

        assertEquals(1L, next("tick").get("seq"));
        assertEquals(2L, next("tick").get("seq"));
        conversation.ended();
    }

    @Test
    void rotatedSecretEndsAConnectionThatOnlyListens() throws Exception {
        Conversation conversation = connected();

        current.set(snapshot("second", 2));

        assertEquals("4001 gateway auth changed", closed.poll(20, TimeUnit.SECONDS));
        conversation.ended();
    }

    @Test
    void rotatedSecretEndsAConnectionBeforeItsNextRequestIsServed() throws Exception {
        Conversation conversation = connected();

        current.set(snapshot("second", 2));
        conversation.received(Map.of("type", "req", "id", "2", "method", "health"), () -> {});

        assertEquals("4001 gateway auth changed", closed.poll(20, TimeUnit.SECONDS));
        assertTrue(sent.stream().noneMatch(frame -> "2".equals(frame.get("id"))));
        conversation.ended();
    }

    @Test
    void reloadWithTheSameSecretKeepsTheConnection() throws Exception {
        Conversation conversation = connected();

        current.set(snapshot("first", 2));
        conversations.authorityChanged();
        next("tick");

        assertEquals(null, closed.peek());
        conversation.ended();
    }

    @Test
    void whoLeavesFreesItsPlaceOnce() throws Exception {
        Headers headers = Headers.of(Map.of());
        for (int i = 0; i < 100; i++) {
            Conversation conversation = conversations
                    .open(current.get().ingress().attribute("127.0.0.1", headers), headers, mock(Link.class))
                    .orElseThrow();
            conversation.ended();
            conversation.ended();
        }
    }
}
