package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.audit.AuditReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a whole gateway does for its audit log, and without one. */
@Timeout(60)
class AuditDutyTest {
    @TempDir
    Path folder;

    private static String config(String more) {
        return "{gateway: {port: 0, drainTimeoutMs: 100, auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'}}, "
                + more + "}";
    }

    /** {@code count_me} counts its calls; {@code stay} does not end, whatever happens. */
    private static final class Tools implements ToolProvider {
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch running = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);

        @Override
        public String name() {
            return "of-the-test";
        }

        @Override
        public List<Tool> tools(PluginContext context) {
            return List.of(
                    Tool.of(named("count_me"), call -> ToolResult.of(Map.of("calls", calls.incrementAndGet()))),
                    Tool.of(named("stay"), call -> {
                        running.countDown();
                        while (release.getCount() > 0) {
                            try {
                                release.await();
                            } catch (InterruptedException ignored) {
                                // as some tools do
                            }
                        }
                        return ToolResult.none();
                    }));
        }

        private static ToolDescriptor named(String name) {
            return ToolDescriptor.named(name)
                    .description("of the test")
                    .input(InputSchema.object())
                    .build();
        }
    }

    private static HttpResponse<String> ready(TestGateway gateway) {
        return gateway.send(gateway.request("/readyz").build());
    }

    @Test
    void toolWhoseRecordIsRequiredDoesNotRunWhileNoneCanBeWritten() throws Exception {
        Tools tools = new Tools();
        Path home = Files.createDirectory(folder.resolve("records"));
        String written = config("logging: {audit: {required: true, file: '" + home.resolve("audit.jsonl") + "'}}");
        try (TestGateway gateway = TestGateway.start(folder, written, tools)) {
            int before = gateway.invoke("{\"tool\":\"count_me\"}").statusCode();
            Path away = Files.move(home, folder.resolve("away"));
            Files.createFile(home);

            HttpResponse<String> refused = gateway.invoke("{\"tool\":\"count_me\"}");
            HttpResponse<String> notReady = ready(gateway);
            Files.delete(home);
            Files.move(away, home);
            while (ready(gateway).statusCode() != 200) {
                Thread.sleep(10);
            }
            int after = gateway.invoke("{\"tool\":\"count_me\"}").statusCode();

            assertEquals(200, before);
            assertEquals(503, refused.statusCode());
            assertTrue(refused.body().contains("the audit log takes no records"), refused.body());
            assertEquals(503, notReady.statusCode());
            assertTrue(notReady.body().contains("\"failing\":[\"audit-losing\"]"), notReady.body());
            assertEquals(200, after);
            assertEquals(2, tools.calls.get());
        }
    }

    @Test
    void gatewayThatLosesRecordsSaysSoAndServes() throws Exception {
        Tools tools = new Tools();
        Path home = Files.createDirectory(folder.resolve("records"));
        String written = config("logging: {audit: {file: '" + home.resolve("audit.jsonl") + "'}}");
        try (TestGateway gateway = TestGateway.start(folder, written, tools)) {
            Files.move(home, folder.resolve("away"));
            Files.createFile(home);
            while (!ready(gateway).body().contains("\"degraded\":[\"audit-losing\"]")) {
                assertEquals(200, gateway.invoke("{\"tool\":\"count_me\"}").statusCode());
                Thread.sleep(10);
            }

            assertEquals(200, ready(gateway).statusCode());
        }
    }

    @Test
    void requiredRecordIsThereWhileTheToolRuns() throws Exception {
        Tools tools = new Tools();
        try (TestGateway gateway = TestGateway.start(folder, config("logging: {audit: {required: true}}"), tools)) {
            Thread caller = Thread.ofVirtual().start(() -> gateway.invoke("{\"tool\":\"stay\"}"));
            tools.running.await();

            List<String> lines = gateway.auditLines();

            assertEquals(1, lines.size());
            assertTrue(lines.getFirst().contains("\"tool\":\"stay\""), lines.getFirst());
            assertTrue(lines.getFirst().contains("\"outcome\":\"began\""), lines.getFirst());
            tools.release.countDown();
            caller.join();
        }
    }

    @Test
    void callThatNeverEndsIsAnsweredAndRecordedWhenTheGatewayStops() throws Exception {
        Tools tools = new Tools();
        TestGateway gateway = TestGateway.start(folder, config("logging: {}"), tools);
        FutureTask<HttpResponse<String>> call = new FutureTask<>(() -> gateway.invoke("{\"tool\":\"stay\"}"));
        Thread.ofVirtual().start(call);
        tools.running.await();

        gateway.close();

        List<Map<String, Object>> records =
                new AuditReader(gateway.state().resolve("audit.jsonl")).last(9, entry -> true);
        tools.release.countDown();
        assertEquals(
                List.of("cut_off"),
                records.stream().map(entry -> entry.get("outcome")).toList());
        assertEquals("stay", records.getFirst().get("tool"));
        assertEquals(503, call.get().statusCode());
    }

    @Test
    void strangersDisplaceNoRecordOfACallAndFillNoLog() throws Exception {
        Tools tools = new Tools();
        String written = config("logging: {audit: {maxFileBytes: 65536}}");
        try (TestGateway gateway = TestGateway.start(folder, written, tools)) {
            gateway.invoke("{\"tool\":\"count_me\"}");
            for (int i = 0; i < 1_500; i++) {
                HttpRequest stranger = gateway.request("/portcullis/v1/status").build();
                assertEquals(401, gateway.send(stranger).statusCode());
            }
            gateway.close();

            List<String> lines = gateway.auditLines();

            assertTrue(lines.getFirst().contains("\"tool\":\"count_me\""));
            assertTrue(lines.getLast().contains("\"count\":1495"), lines.getLast());
            assertEquals(7, lines.size());
        }
    }
}
