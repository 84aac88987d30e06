package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.benchmarks.Configured;
import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.FileAuditLog;
import dev.portcullis.gateway.runtime.auth.Attribution;
import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.AuthenticationChain;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.auth.IngressAttribution;
import dev.portcullis.gateway.runtime.auth.NamedAuthenticator;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.SessionResolver;
import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import dev.portcullis.gateway.runtime.telemetry.GatewayMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A tool that does nothing, down the whole road and called directly: the difference is the road. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RoadBenchmark {
    /**
     * Bytes of an audit file: archives that go make room for the next. On a host that lends memory only when it is touched, a file that
     * grows costs more than all the rest of a record.
     */
    public static final long SMALL_FILE = 4L << 20;

    @Param({"nothing", "audit", "metrics", "both"})
    public String recorded;

    private final Tool tool = Tool.of(
            ToolDescriptor.named("text_nothing")
                    .description("Does nothing")
                    .input(InputSchema.object().requiredString("text", "A text"))
                    .build(),
            call -> ToolResult.none());
    private final InvocationRequest request = new InvocationRequest(
            "text_nothing", Optional.empty(), Map.of("text", "hello"), Optional.empty(), Optional.empty());
    private final Call call = new Call(request);
    private final Attribution caller = new IngressAttribution(List.of(), false).attribute("127.0.0.1", Call.HEADERS);
    private Path folder;
    private SqliteSessionStore store;
    private AuditLog audit;
    private ToolExecutor executor;
    private Snapshot snapshot;
    private InvocationPipeline pipeline;

    private record Call(InvocationRequest read) implements InvocationCall {
        private static final Headers HEADERS = Headers.of(Map.of("host", List.of("127.0.0.1")));

        @Override
        public String id() {
            return "0A1B2C3D-1";
        }

        @Override
        public String surface() {
            return InvocationContext.HTTP;
        }

        @Override
        public Headers headers() {
            return HEADERS;
        }

        @Override
        public void answerEarly(Outcome outcome) {
            throw new IllegalStateException("The tool does nothing, in no time");
        }

        @Override
        public Hangup hangup() {
            return Hangup.NEVER;
        }
    }

    @Setup
    public void build() throws IOException {
        folder = Files.createTempDirectory("portcullis-road");
        store = SqliteSessionStore.open(folder.resolve("sessions.db"));
        AuditLog file = recorded.equals("audit") || recorded.equals("both")
                ? FileAuditLog.open(folder.resolve("audit.jsonl"), SMALL_FILE)
                : AuditLog.none();
        audit = recorded.equals("metrics") || recorded.equals("both")
                ? new GatewayMetrics("0.0.0").counting(file, name -> true)
                : file;
        executor = new ToolExecutor();
        GatewayConfig config = Configured.withEntries(30);
        CatalogTool entry = CatalogTool.of(
                tool,
                tool.descriptor(),
                "textkit",
                "1",
                false,
                Set.of(),
                getClass().getClassLoader(),
                fault -> Optional.empty(),
                () -> true);
        ToolCatalog catalog = new ToolCatalog(List.of(entry));
        snapshot = new Snapshot(
                config,
                new IngressAttribution(List.of(), false),
                new AuthenticationChain(
                        config.auth(),
                        List.of(new NamedAuthenticator(
                                "none",
                                AuthProvider.Kind.SHARED_SECRET,
                                any -> AuthResult.authenticated(Principal.operator()),
                                false)),
                        InvokeConfig.DEFAULT.authProviderTimeout(),
                        new AuthRateLimiter(config.auth().rateLimit()),
                        1),
                new SessionResolver(config, store),
                PolicyEngine.compile(config, catalog.index(), List.of()),
                catalog);
        pipeline = new InvocationPipeline(() -> snapshot, executor, audit, store, outcome -> 200);
        if (!(road() instanceof Outcome.Completed)) {
            throw new IllegalStateException("The road ends with " + road());
        }
    }

    @TearDown
    public void close() throws Exception {
        executor.close();
        audit.close();
        store.close();
        for (Path file : Files.list(folder).toList()) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    @Benchmark
    public Outcome road() {
        return pipeline.invoke(snapshot, caller, call);
    }

    @Benchmark
    public ToolResult direct() throws Exception {
        // the tool looks at nothing of its invocation
        return tool.invoke(null);
    }
}
