package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running gateway with a plugin folder that tests put real jars into, and take them away from. */
final class HotHouse implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Path plugins;
    final Path bench;
    final TinyPlugins tiny;
    private final Path home;
    private TestGateway gateway;

    HotHouse(Path home) throws IOException {
        this.home = home;
        this.plugins = Files.createDirectories(home.resolve("plugins"));
        this.bench = Files.createDirectories(home.resolve("bench"));
        this.tiny = new TinyPlugins(home.resolve("work"));
    }

    /** @param more members of the configuration besides the port and the token */
    HotHouse start(String more) throws Exception {
        gateway = TestGateway.start(home, config(more));
        return this;
    }

    private static String config(String more) {
        return "{gateway: {port: 0, auth: {mode: 'token', token: '" + TestGateway.TOKEN + "'"
                + (more.startsWith("providers")
                        ? ", " + more + "}}}"
                        : "}}" + (more.isEmpty() ? "" : ", " + more) + "}");
    }

    void reconfigure(String more) throws IOException {
        Path written = Files.writeString(home.resolve("next.json5"), config(more));
        Files.move(written, home.resolve("openclaw.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    Gateway gateway() {
        return gateway.gateway();
    }

    Path state() {
        return gateway.state();
    }

    /** A plugin of one tool under one provider name, which answers with an expression of Java. */
    Path tool(String name, String expression) {
        return compile(name, TinyPlugins.toolProvider(name, name, expression));
    }

    Path compile(String name, String provider) {
        return provider("tool.ToolProvider", "Tools", name, provider);
    }

    Path provider(String service, String type, String name, String body) {
        Path jar = bench.resolve(name + "-" + System.nanoTime() + ".jar");
        return tiny.source()
                .module(name, "provides dev.portcullis.gateway.api." + service + " with " + name + "." + type + ";")
                .type(name + "." + type, body)
                .jar(jar);
    }

    /** As a careful operator does it: copied beside, then moved. */
    void drop(Path jar, String name) throws IOException {
        Path beside = plugins.resolve("." + name + ".copying");
        Files.copy(jar, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, plugins.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void remove(String name) throws IOException {
        Files.delete(plugins.resolve(name));
    }

    int status(String tool) {
        return call(tool).statusCode();
    }

    /** What a tool says; its status, if it does not. */
    String says(String tool) {
        HttpResponse<String> answer = call(tool);
        return answer.statusCode() == 200
                ? JSON.readTree(answer.body()).at("/result/content/0/text").asString()
                : String.valueOf(answer.statusCode());
    }

    HttpResponse<String> call(String tool) {
        return gateway.invoke("{\"tool\":\"" + tool + "\"}");
    }

    HttpResponse<String> call(String tool, String arguments) {
        return gateway.invoke("{\"tool\":\"" + tool + "\",\"args\":" + arguments + "}");
    }

    int statusWith(String credential, String tool) {
        return gateway.send(gateway.request("/tools/invoke")
                        .header("Authorization", "Bearer " + credential)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"tool\":\"" + tool + "\"}"))
                        .build())
                .statusCode();
    }

    JsonNode read(String path) {
        HttpResponse<String> answer = gateway.send(gateway.request(path)
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .build());
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> reload(String body) {
        return gateway.send(gateway.request("/portcullis/v1/reload")
                .header("Authorization", "Bearer " + TestGateway.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** What {@code plugins list} says is wrong with a plugin; empty if nothing. */
    String problem(String name) {
        for (JsonNode plugin : read("/portcullis/v1/plugins").get("plugins")) {
            if (plugin.get("name").asString().equals(name)
                    && plugin.get("status").asString().equals("quarantined")) {
                return plugin.get("problem").asString();
            }
        }
        return "";
    }

    int generation(String name) {
        for (JsonNode plugin : read("/portcullis/v1/plugins").get("plugins")) {
            if (plugin.get("name").asString().equals(name)
                    && plugin.get("status").asString().equals("loaded")) {
                return plugin.get("generation").asInt();
            }
        }
        return -1;
    }

    void eventually(Object expected, Callable<?> actual) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        Object last = actual.call();
        while (!expected.equals(last) && System.nanoTime() < until) {
            Thread.sleep(25);
            last = actual.call();
        }
        assertEquals(expected, last, "within " + PATIENCE);
    }

    void eventuallyContains(String part, Callable<String> actual) throws Exception {
        eventually(true, () -> actual.call().contains(part));
    }

    /** As long as the gateway takes to see and load something, some times over. */
    static void anotherWhile() throws InterruptedException {
        Thread.sleep(1_500);
    }

    void keepsSaying(String expected, String tool) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
        while (System.nanoTime() < until) {
            assertEquals(expected, says(tool));
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
