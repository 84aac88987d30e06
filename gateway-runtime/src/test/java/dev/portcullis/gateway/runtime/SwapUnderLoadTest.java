package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Swaps beside some hundred calls a second; {@code benchmarks/measure swap} is the large run. */
class SwapUnderLoadTest {
    private static final int SWAPS = 10;
    private static final int CALLERS = 4;

    @TempDir
    Path home;

    private HotHouse house;

    @AfterEach
    void stop() {
        house.close();
    }

    /** A half of its answer comes from a class that is loaded when it is first called. */
    private Path weather(String generation) {
        return house.tiny
                .source()
                .module("weather", "provides dev.portcullis.gateway.api.tool.ToolProvider with weather.Tools;")
                .type(
                        "weather.Tools",
                        TinyPlugins.toolProvider("weather", "weather", "\"" + generation + "/\" + new Later().word()"))
                .type("weather.Later", "class Later { String word() { return \"" + generation + "\"; } }")
                .jar(house.bench.resolve(generation + ".jar"));
    }

    @Test
    void everyCallIsAnsweredByExactlyOneGeneration() throws Exception {
        house = new HotHouse(home);
        List<Path> versions = List.of(weather("a"), weather("b"));
        house.drop(versions.getFirst(), "weather.jar");
        house.drop(house.tool("tides", "\"high\""), "tides.jar");
        house.start("plugins: {watch: false}");
        Map<String, LongAdder> answers = new ConcurrentHashMap<>();
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                String tool = i % 2 == 0 ? "weather" : "tides";
                callers.add(threads.submit(() -> {
                    while (!over.get()) {
                        answers.computeIfAbsent(house.says(tool), any -> new LongAdder())
                                .increment();
                        Thread.sleep(5);
                    }
                    return true;
                }));
            }
            for (int swap = 1; swap <= SWAPS; swap++) {
                house.drop(versions.get(swap % 2), "weather.jar");
                assertEquals(200, house.reload("{\"what\":\"plugins\"}").statusCode());
                assertEquals(swap % 2 == 0 ? "a/a" : "b/b", house.says("weather"));
            }
            over.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
        }

        assertEquals(java.util.Set.of("a/a", "b/b", "high"), answers.keySet(), answers::toString);
        assertEquals(SWAPS + 1, house.generation("weather.jar"));
        assertTrue(answers.values().stream().mapToLong(LongAdder::sum).sum() > 100, answers::toString);
    }
}
