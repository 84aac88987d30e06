package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls, and loads, that are under way when their plugin is replaced or the gateway stops: who ends them, and what is closed when. */
class HotCallsTest extends InHotHouse {
    @Test
    void callInFlightEndsOnItsOwnGenerationWhichIsClosedThen() throws Exception {
        Path go = home.resolve("go");
        Path closed = home.resolve("closed");
        house.drop(house.compile("weather", waiting("one", go, closed)), "weather.jar");
        house.start("");
        CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(() -> house.says("weather"));
        house.eventually(true, () -> Files.exists(home.resolve("go.entered")));

        house.drop(house.tool("weather", "\"two\""), "weather.jar");
        house.eventually("two", () -> house.says("weather"));
        assertTrue(Files.notExists(closed));
        Files.createFile(go);

        assertEquals("one", inFlight.get());
        house.eventually(true, () -> Files.exists(closed));
    }

    /** A tool that answers when a file is there, of a provider that makes one when it is closed. */
    private static String waiting(String answer, Path go, Path closed) {
        return """
                import dev.portcullis.gateway.api.plugin.*;
                import dev.portcullis.gateway.api.tool.*;
                import java.nio.file.*;
                import java.util.*;
                public class Tools implements ToolProvider {
                    public String name() { return "weather"; }
                    public List<Tool> tools(PluginContext context) {
                        return List.of(Tool.of(
                            ToolDescriptor.named("weather").description("waits").build(),
                            call -> {
                                Files.createFile(Path.of("%s.entered"));
                                while (Files.notExists(Path.of("%s"))) {
                                    Thread.sleep(5);
                                }
                                return ToolResult.text("%s");
                            }));
                    }
                    public void close() throws Exception { Files.createFile(Path.of("%s")); }
                }
                """.formatted(go, go, answer, closed);
    }

    @Test
    void callThatOutlivesTheDrainDeadlineIsInterrupted() throws Exception {
        Path closed = home.resolve("closed");
        house.drop(house.compile("weather", waiting("one", home.resolve("never"), closed)), "weather.jar");
        house.start("plugins: {drainTimeoutMs: 200}");
        CompletableFuture<Integer> inFlight = CompletableFuture.supplyAsync(() -> house.status("weather"));
        house.eventually(true, () -> Files.exists(home.resolve("never.entered")));

        house.drop(house.tool("weather", "\"two\""), "weather.jar");

        assertEquals(500, inFlight.get());
        house.eventually(true, () -> Files.exists(closed));
        assertEquals("two", house.says("weather"));
    }

    @Test
    void callThatIgnoresItsInterruptDoesNotKeepItsPluginFromBeingClosed() throws Exception {
        Path closed = home.resolve("closed");
        Path go = home.resolve("go");
        String deaf = waiting("one", go, closed)
                .replace("Thread.sleep(5);", "try { Thread.sleep(5); } catch (InterruptedException deaf) { }");
        house.drop(house.compile("weather", deaf), "weather.jar");
        house.start("plugins: {drainTimeoutMs: 200}");
        CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(() -> house.says("weather"));
        house.eventually(true, () -> Files.exists(home.resolve("go.entered")));

        house.drop(house.tool("weather", "\"two\""), "weather.jar");
        house.eventually(true, () -> Files.exists(closed));

        assertEquals("two", house.says("weather"));
        Files.createFile(go);
        assertEquals("one", inFlight.get());
    }

    @Test
    void requestThatCameBeforeItsPluginWasClosedRunsNothingOfItAfterwards() throws Exception {
        Path closed = home.resolve("closed");
        house.drop(house.compile("weather", waiting("one", home.resolve("go"), closed)), "weather.jar");
        house.start("plugins: {drainTimeoutMs: 200}");
        try (SlowRequest request = SlowRequest.begin(house.gateway().address().getPort(), "{\"tool\":\"weather\"}")) {
            house.drop(house.tool("weather", "\"two\""), "weather.jar");
            house.eventually(true, () -> Files.exists(closed));

            assertEquals(500, request.finish());
        }
        assertTrue(Files.notExists(home.resolve("go.entered")));
        assertEquals("two", house.says("weather"));
    }

    @Test
    void generationThatWasBeingLoadedWhenTheGatewayStoppedIsClosed() throws Exception {
        Path closed = home.resolve("closed");
        Path go = home.resolve("go");
        house.drop(house.tool("weather", "\"one\""), "weather.jar");
        house.start("plugins: {watch: false}");
        house.drop(house.compile("weather", """
                import dev.portcullis.gateway.api.plugin.*;
                import dev.portcullis.gateway.api.tool.*;
                import java.nio.file.*;
                import java.util.*;
                public class Tools implements ToolProvider {
                    public String name() { return "weather"; }
                    public List<Tool> tools(PluginContext context) throws Exception {
                        Files.createFile(Path.of("%1$s.entered"));
                        while (Files.notExists(Path.of("%1$s"))) {
                            Thread.sleep(5);
                        }
                        return List.of();
                    }
                    public void close() throws Exception { Files.createFile(Path.of("%2$s")); }
                }
                """.formatted(go, closed)), "weather.jar");
        CompletableFuture<Void> loading = CompletableFuture.runAsync(house.gateway()::reload);
        house.eventually(true, () -> Files.exists(home.resolve("go.entered")));

        house.close();
        Files.createFile(go);
        loading.get();

        assertTrue(Files.exists(closed));
    }
}
