package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import dev.portcullis.gateway.runtime.invoke.WatchReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that neither end nor wait, on threads that nobody takes from them. */
@Timeout(180)
class WatchdogTest {
    private static final int CALLERS = 8;
    private static final String CONFIG =
            "{gateway: {invoke: {timeoutMs: 400, watchdog: {graceMs: 300}, timeouts: {probe: 60000}}}}";

    private volatile boolean enough;
    private final Tool spin = Tool.of(TestRoad.named("spin"), call -> {
        while (!enough) {
            Thread.onSpinWait();
        }
        return ToolResult.text("at last");
    });
    private final Tool probe = Tool.of(TestRoad.named("probe"), call -> ToolResult.text("here"));
    private final HttpHouse house = HttpHouse.of(TestRoad.of().serving(CONFIG, spin, probe));

    @AfterEach
    void stop() {
        enough = true;
        house.close();
    }

    private Answer ask(String tool) throws Exception {
        try (RawClient client = house.connect()) {
            client.socket().setSoTimeout(60_000);
            return client.ask(HttpHouse.callOf(tool));
        }
    }

    private Answer ask(String tool, String other) throws Exception {
        try (RawClient client = house.connect()) {
            client.socket().setSoTimeout(60_000);
            return client.ask(HttpHouse.call("{\"tool\":\"" + tool + "\",\"args\":{\"tool\":\"" + other + "\"}}"));
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, what);
            Thread.sleep(20);
        }
    }

    private WatchReport report() {
        return house.road.executor.report();
    }

    @Test
    void endlessLoopOfManyCallersStopsNothingElseAndIsRefusedUntilItEnds() throws Exception {
        List<RawClient> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            RawClient caller = house.connect().send(HttpHouse.callOf("spin"));
            caller.socket().setSoTimeout(60_000);
            callers.add(caller);
        }

        long asked = System.nanoTime();
        Answer other = ask("probe");
        System.out.println("another tool was answered after " + (System.nanoTime() - asked) / 1_000_000
                + " ms, extra carriers: " + report().extraParallelism());
        List<Integer> spinning = new ArrayList<>();
        for (RawClient caller : callers) {
            Answer answer = caller.read();
            spinning.add(answer.status());
            assertTrue(answer.status() == 503 || caller.ended());
        }
        System.out.println("all callers of the runaway were answered after " + (System.nanoTime() - asked) / 1_000_000
                + " ms: " + spinning);
        Answer refused = ask("spin");
        WatchReport seen = report();
        Answer still = ask("probe");

        assertEquals(200, other.status());
        assertTrue(spinning.contains(504), spinning::toString);
        assertTrue(spinning.stream().allMatch(status -> status == 504 || status == 503), spinning::toString);
        assertEquals(503, refused.status());
        assertTrue(refused.body().contains("\"type\":\"tool_error\""), refused.body());
        assertEquals("tool_runaway", outcomeOf("spin"));
        assertEquals("spin", seen.runaways().getFirst().tool());
        assertEquals(200, still.status());

        enough = true;
        await("runaways end", () -> report().runaways().isEmpty());
        await("parallelism is given back", () -> report().extraParallelism() == 0);
        assertEquals(200, ask("spin").status());
        assertEquals(CALLERS + 4, house.road.records.size(), "one record a request");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @EnabledOnOs(OS.LINUX)
    void crowdOfEndlessLoopsLeavesAProcessorToEverybodyElseIfItMay(boolean confine) throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        assumeTrue(processors > 1 && processors < CALLERS, "as many loops as processors are no crowd");
        Set<Path> carriers = ConcurrentHashMap.newKeySet();
        Tool loop = Tool.of(TestRoad.named("spin"), call -> {
            carriers.add(Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self"))));
            while (!enough) {
                Thread.onSpinWait();
            }
            return ToolResult.none();
        });
        house.road.serving(CONFIG.replace("watchdog: {", "watchdog: {confine: " + confine + ", "), loop, probe);
        String all = allowed(Path.of("/proc/thread-self"));

        List<RawClient> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(house.connect().send(HttpHouse.callOf("spin")));
        }
        await("a crowd", () -> carriers.size() > processors);
        if (confine) {
            await("they are kept to some", () -> kept(carriers, all) > processors);
        } else {
            await("it is noticed", () -> !report().runaways().isEmpty());
            assertEquals(0, kept(carriers, all));
        }
        Answer other = ask("probe");
        enough = true;
        await("all are free again", () -> kept(carriers, all) == 0);

        assertEquals(200, other.status());
        for (RawClient caller : callers) {
            caller.close();
        }
    }

    private static long kept(Set<Path> carriers, String all) {
        return carriers.stream()
                .filter(carrier -> !allowed(carrier).equals(all))
                .count();
    }

    private static String allowed(Path thread) {
        try (Stream<String> lines = Files.lines(thread.resolve("status"))) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private String outcomeOf(String tool) {
        return house.road.records.stream()
                .filter(entry -> tool.equals(entry.request().tool()))
                .reduce((a, b) -> b)
                .orElseThrow()
                .outcome();
    }

    @Test
    void runawayOnAPlatformThreadIsRefusedTooAndKeepsItsPlace() throws Exception {
        ToolDescriptor heavy = ToolDescriptor.named("spin")
                .description("calculates")
                .timeout(Duration.ofMillis(200))
                .onPlatformThread()
                .build();
        house.road.serving(
                CONFIG,
                Tool.of(heavy, call -> {
                    while (!enough) {
                        Thread.onSpinWait();
                    }
                    return ToolResult.none();
                }),
                probe);

        assertEquals(504, ask("spin").status());
        await("it is noticed", () -> !report().runaways().isEmpty());

        assertEquals(1, report().running());
        assertEquals(503, ask("spin").status());
        assertEquals(200, ask("probe").status());
        enough = true;
        await("it ends", () -> report().running() == 0);
        assertEquals(200, ask("spin").status());
    }

    @Test
    void callerOfAToolThatAskedForARunawayIsAnsweredTooAndItsToolServesOn() throws Exception {
        Tool asking = Tool.of(
                TestRoad.named("asking"),
                call -> call.services()
                        .invoker()
                        .invoke((String) call.arguments().asMap().get("tool"), Map.of()));
        house.road.serving(CONFIG, asking, spin, probe);

        assertEquals(504, ask("asking", "spin").status());
        assertEquals(200, ask("asking", "probe").status());
        assertEquals(503, ask("spin").status());

        enough = true;
        await("they end", () -> report().running() == 0);
        assertEquals(5, house.road.records.size(), "one record each");
    }

    @Test
    void newGenerationOfAToolIsNotBlamedForTheOld() throws Exception {
        assertEquals(504, ask("spin").status());

        house.road.serving(CONFIG, Tool.of(TestRoad.named("spin"), call -> ToolResult.text("mended")), probe);

        assertEquals(200, ask("spin").status());
    }

    @Test
    void toolThatGivesInWhenInterruptedIsNoRunaway() throws Exception {
        house.road.serving(
                CONFIG,
                Tool.of(TestRoad.named("spin"), call -> {
                    Thread.sleep(60_000);
                    return ToolResult.none();
                }),
                probe);

        assertEquals(504, ask("spin").status());
        assertEquals(504, ask("spin").status());
        assertTrue(report().runaways().isEmpty());
    }

    @Test
    void watchdogCanBeTurnedOff() throws Exception {
        house.road.serving(
                "{gateway: {invoke: {timeoutMs: 100, watchdog: {enabled: false, graceMs: 1}}}}",
                Tool.of(TestRoad.named("spin"), call -> {
                    long until = System.nanoTime() + Duration.ofMillis(1_200).toNanos();
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    return ToolResult.none();
                }),
                probe);

        assertEquals(504, ask("spin").status());
        assertEquals(504, ask("spin").status(), "not refused");
    }
}
