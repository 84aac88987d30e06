package dev.portcullis.gateway.runtime.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.TestGateway;
import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway that serves over a socket while broken plugins are put into its folder. One plugin is sound, and somebody calls its
 * tool all the time.
 */
final class Zoo implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    final Path home;
    final Path folder;
    final Path workshop;
    final TinyPlugins tiny;
    final LogBook log = new LogBook();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<Integer> failures = new CopyOnWriteArrayList<>();
    private final Thread visitor = Thread.ofPlatform().daemon().name("visitor").unstarted(this::visit);
    private final TestGateway gateway;
    private volatile boolean closing;
    private volatile String visited = "";

    private Zoo(Path home, String config, Function<TinyPlugins, List<TinyPlugins.Source>> residents) throws Exception {
        this.home = home;
        this.folder = Files.createDirectories(home.resolve("plugins"));
        this.workshop = Files.createDirectories(home.resolve("workshop"));
        this.tiny = new TinyPlugins(home.resolve("work"));
        tiny.tool("acme.good", "good", "good").jar(folder.resolve("good.jar"));
        for (TinyPlugins.Source resident : residents.apply(tiny)) {
            resident.jar(folder.resolve("resident.jar"));
        }
        this.gateway = TestGateway.start(
                home, "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'" + config + "}");
        assertEquals(200, call("good").statusCode());
    }

    /**
     * With the sound plugin and its visitor.
     *
     * @param config what follows {@code auth} in the configuration
     */
    static Zoo open(Path home, String config) throws Exception {
        Zoo zoo = new Zoo(home, "}" + config, tiny -> List.of());
        zoo.visit("good");
        return zoo;
    }

    /**
     * With a plugin that is there from the start.
     *
     * @param config what follows {@code token} in the configuration
     */
    static Zoo sheltered(Path home, String config, Function<TinyPlugins, List<TinyPlugins.Source>> residents)
            throws Exception {
        return new Zoo(home, config, residents);
    }

    /** From now on somebody calls a tool all the time. */
    void visit(String tool) throws InterruptedException {
        visited = tool;
        visitor.start();
        await("somebody calls", () -> calls.get() > 0);
    }

    private void visit() {
        while (!closing) {
            try {
                int status = call(visited).statusCode();
                calls.incrementAndGet();
                if (status != 200 && !closing) {
                    failures.add(status);
                }
                Thread.sleep(10);
            } catch (RuntimeException | InterruptedException gone) {
                if (!closing) {
                    failures.add(-1);
                }
            }
        }
    }

    /** Moves jars in, as a careful operator does it. */
    void bring(List<Path> plugins) throws IOException {
        for (Path plugin : plugins) {
            Files.move(plugin, folder.resolve(plugin.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, () -> what + "; the log: " + log.all());
            Thread.sleep(50);
        }
    }

    /** Everybody who calls the sound plugin was answered, and still is. */
    void assertOthersAreServed() {
        assertEquals(200, call("good").statusCode());
        assertEquals(List.of(), failures, "calls of another plugin failed");
    }

    HttpResponse<String> call(String tool) {
        return call(tool, "{}");
    }

    HttpResponse<String> call(String tool, String arguments) {
        return gateway.invoke("{\"tool\":\"" + tool + "\",\"args\":" + arguments + "}");
    }

    HttpResponse<String> callWithout(String tool) {
        return gateway.send(gateway.request("/tools/invoke")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tool\":\"" + tool + "\"}"))
                .build());
    }

    int status(String path) {
        return gateway.send(gateway.request(path).build()).statusCode();
    }

    String anonymous(String path) {
        return gateway.send(gateway.request(path).build()).body();
    }

    JsonNode read(String path) {
        return JSON.readTree(gateway.send(gateway.request(path)
                        .header("Authorization", "Bearer " + TestGateway.TOKEN)
                        .build())
                .body());
    }

    JsonNode plugins() {
        return read("/portcullis/v1/plugins").get("plugins");
    }

    /** Plugins of a status, by name. */
    Set<String> named(String status) {
        Set<String> names = new TreeSet<>();
        plugins().forEach(plugin -> {
            if (plugin.get("status").asString().equals(status)) {
                names.add(plugin.get("name").asString());
            }
        });
        return names;
    }

    /** What {@code plugins list} says is wrong with one. */
    List<String> problems(String name) {
        List<String> problems = new ArrayList<>();
        plugins().forEach(plugin -> {
            if (plugin.get("name").asString().equals(name) && plugin.has("problem")) {
                problems.add(plugin.get("problem").asString());
            }
        });
        return problems;
    }

    @Override
    public void close() throws Exception {
        closing = true;
        if (!visited.isEmpty()) {
            visitor.join();
        }
        gateway.close();
        log.close();
    }
}
