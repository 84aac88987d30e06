package dev.portcullis.gateway.runtime.invoke;

import static org.mockito.Mockito.mock;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.AuditRecord;
import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.AuthenticationChain;
import dev.portcullis.gateway.runtime.auth.IngressAttribution;
import dev.portcullis.gateway.runtime.auth.NamedAuthenticator;
import dev.portcullis.gateway.runtime.catalog.CatalogTools;
import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import dev.portcullis.gateway.runtime.policy.NamedPolicySource;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import dev.portcullis.gateway.runtime.session.SessionStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/** The real road over tools and rules of a test, without sockets, plugins and files. */
public final class TestRoad implements SnapshotSource, AutoCloseable {
    public static final String TOKEN = "test-token-0123456789abcdef0123456789";

    /** Of somebody who may read and no more. */
    public static final String READER = "reader-token-0123456789abcdef01234567";

    public static final Set<String> SERVICES = Set.of("sessions", "invoker", "config");

    public final List<AuditRecord> records = new CopyOnWriteArrayList<>();
    public final SessionStore store = mock(SessionStore.class);
    public final ToolExecutor executor = new ToolExecutor();
    public volatile ClassLoader pluginLoader = TestRoad.class.getClassLoader();
    private final List<NamedPolicySource> sources = new ArrayList<>();
    private final AtomicLong generation = new AtomicLong();
    private final AuditLog audit = new AuditLog() {
        @Override
        public void append(AuditRecord entry) {
            records.add(entry);
        }

        @Override
        public void close() {}
    };
    private volatile Snapshot snapshot;
    private Set<String> services = SERVICES;

    public static ToolDescriptor named(String name) {
        return named(name, InputSchema.object());
    }

    public static ToolDescriptor named(String name, InputSchema schema) {
        return ToolDescriptor.named(name)
                .description("a tool of the test")
                .input(schema)
                .build();
    }

    public static TestRoad of(Tool... tools) {
        return new TestRoad().serving("{}", tools);
    }

    public TestRoad with(NamedPolicySource source) {
        sources.add(source);
        return this;
    }

    public TestRoad lending(Set<String> granted) {
        services = granted;
        return this;
    }

    /** Replaces the snapshot. */
    public TestRoad serving(String json5, Tool... tools) {
        return serving(read(json5), bearer(), tools);
    }

    public TestRoad serving(GatewayConfig config, Authenticator authenticator, Tool... tools) {
        ToolCatalog catalog = new ToolCatalog(Arrays.stream(tools)
                .map(tool -> CatalogTools.of(tool, "acme", "1.0", services, pluginLoader))
                .toList());
        snapshot = new Snapshot(
                config,
                new IngressAttribution(config.server().trustedProxies(), false),
                new AuthenticationChain(
                        config.auth(),
                        List.of(new NamedAuthenticator(
                                config.auth().mode(), AuthProvider.Kind.SHARED_SECRET, authenticator, false)),
                        InvokeConfig.DEFAULT.authProviderTimeout(),
                        new AuthRateLimiter(config.auth().rateLimit()),
                        generation.incrementAndGet()),
                new SessionResolver(config, store),
                PolicyEngine.compile(config, catalog.index(), sources),
                catalog);
        return this;
    }

    public static GatewayConfig read(String json5) {
        try {
            Path file = Files.createTempFile("road", ".json5");
            try {
                Files.writeString(file, json5);
                ConfigReading reading = ConfigReader.read(file, ConfigEnvironment.of(java.util.Map.of()));
                if (reading instanceof ConfigReading.Valid valid) {
                    return valid.config();
                }
                throw new IllegalArgumentException(reading.toString());
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Authenticator bearer() {
        return request -> switch (request.bearer().orElse("")) {
            case TOKEN -> AuthResult.authenticated(Principal.operator());
            case READER -> AuthResult.authenticated(Principal.of("reader", Set.of(Scope.READ)));
            case "" -> AuthResult.abstained(AuthFailure.missing("token_missing"));
            default -> AuthResult.rejected(AuthFailure.wrong("token_mismatch"));
        };
    }

    @Override
    public Snapshot current() {
        return snapshot;
    }

    @Override
    public Lease lease() {
        Snapshot now = snapshot;
        return new Lease() {
            @Override
            public Snapshot snapshot() {
                return now;
            }

            @Override
            public void close() {}
        };
    }

    public InvocationPipeline pipeline(ToIntFunction<Outcome> status) {
        return new InvocationPipeline(this::current, executor, audit, store, status);
    }

    Outcome invoke(FakeCall call) {
        Snapshot now = snapshot;
        return pipeline(outcome -> 0).invoke(now, now.ingress().attribute("127.0.0.1", call.headers()), call);
    }

    public AuditRecord onlyRecord() {
        if (records.size() != 1) {
            throw new AssertionError("Not one record: " + records);
        }
        return records.getFirst();
    }

    @Override
    public void close() {
        executor.close();
    }
}
