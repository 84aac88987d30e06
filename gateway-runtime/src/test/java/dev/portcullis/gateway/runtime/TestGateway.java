package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.http.HttpServer;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A real gateway on a free loopback port, with the real built-ins and whatever a test adds. */
public final class TestGateway implements AutoCloseable {
    public static final String TOKEN = "test-token-0123456789abcdef0123456789";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Gateway gateway;
    private final Path state;

    private TestGateway(Gateway gateway, Path state) {
        this.gateway = gateway;
        this.state = state;
    }

    /** Starts with a JSON5 configuration; {@code gateway.port} and the token are filled in if it has no {@code gateway}. */
    public static TestGateway start(Path folder, String config, ToolProvider... more)
            throws IOException, GatewayStartException {
        return start(folder, config, Map.of(), more);
    }

    public static TestGateway start(Path folder, String config, Map<String, String> variables, ToolProvider... more)
            throws IOException, GatewayStartException {
        return start(folder, config, variables, and(more));
    }

    public static TestGateway start(Path folder, String config, Map<String, String> variables, List<ToolProvider> tools)
            throws IOException, GatewayStartException {
        return start(folder, config, variables, tools, HttpServer::address);
    }

    /** One whose connections all seem to come from other hosts. */
    public static TestGateway start(
            Path folder,
            String config,
            Map<String, String> variables,
            Function<SocketAddress, String> peers,
            ToolProvider... more)
            throws IOException, GatewayStartException {
        return start(folder, config, variables, and(more), peers);
    }

    private static List<ToolProvider> and(ToolProvider... more) {
        List<ToolProvider> tools =
                new ArrayList<>(GatewayOptions.BuiltIns.ofBootLayer().tools());
        tools.addAll(List.of(more));
        return tools;
    }

    private static TestGateway start(
            Path folder,
            String config,
            Map<String, String> variables,
            List<ToolProvider> tools,
            Function<SocketAddress, String> peers)
            throws IOException, GatewayStartException {
        Path file = Files.writeString(folder.resolve("openclaw.json"), config);
        return start(folder, Optional.of(file.toString()), variables, tools, peers);
    }

    /** One that is told of no file, and finds this one, HOCON, where a distribution has it. */
    static TestGateway shipped(Path folder, String config) throws IOException, GatewayStartException {
        Files.writeString(Files.createDirectories(folder.resolve("conf")).resolve("gateway.conf"), config);
        return start(folder, Optional.empty(), Map.of(), and(), HttpServer::address);
    }

    private static TestGateway start(
            Path folder,
            Optional<String> file,
            Map<String, String> variables,
            List<ToolProvider> tools,
            Function<SocketAddress, String> peers)
            throws GatewayStartException {
        Path state = folder.resolve("state");
        Gateway gateway = Gateway.start(
                new GatewayOptions(
                        file,
                        Optional.of(state.toString()),
                        Optional.of(folder),
                        ConfigEnvironment.of(variables),
                        "0.0.0-test",
                        () -> new GatewayOptions.BuiltIns(
                                tools, GatewayOptions.BuiltIns.ofBootLayer().authenticators(), List.of())),
                peers);
        return new TestGateway(gateway, state);
    }

    public Gateway gateway() {
        return gateway;
    }

    public int port() {
        return gateway.address().getPort();
    }

    public Path state() {
        return state;
    }

    /** The records so far, those of refusals last; complete after {@link #close()}. */
    public List<String> auditLines() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(state.resolve("audit.jsonl")));
        lines.addAll(Files.readAllLines(state.resolve("audit-refused.jsonl")));
        return lines;
    }

    /** Posts a body to {@code /tools/invoke} with the token. */
    public HttpResponse<String> invoke(String body) {
        return send(request("/tools/invoke")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
