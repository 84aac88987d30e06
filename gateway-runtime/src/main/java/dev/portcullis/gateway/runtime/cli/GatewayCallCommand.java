package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis gateway call}: one method of the gateway protocol. */
@Command(
        name = "call",
        description = "Call a method of a running gateway over its WebSocket, and print what it answers.",
        footer = {
            "",
            "Methods: health, status, system-presence, config.get, tools.catalog, tools.effective, tools.invoke,",
            "sessions.list, plugins.list, logs.tail, audit.activity.list, gateway.identity.get.",
            "Example:  portcullis gateway call tools.invoke --params '{\"name\":\"agents_list\"}'",
        })
final class GatewayCallCommand implements Callable<Integer> {
    private static final Set<String> READING = Set.of(
            "health",
            "status",
            "system-presence",
            "config.get",
            "tools.catalog",
            "tools.effective",
            "sessions.list",
            "plugins.list",
            "logs.tail",
            "audit.activity.list",
            "gateway.identity.get");

    @Parameters(paramLabel = "METHOD", description = "Name of the method.")
    String method = "";

    @Option(names = "--params", paramLabel = "JSON", description = "Parameters as a JSON object.")
    @Nullable
    String params;

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            defaultValue = "10000",
            description = "How long to wait, in milliseconds (default: ${DEFAULT-VALUE}).")
    long timeout;

    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    private final CliContext context;

    GatewayCallCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Object parsed = parsed();
        Duration patience = Timeout.ofMillis(timeout);
        GatewayTarget target = context.target(connection);
        Output output = context.output();
        try (GatewaySocket socket = new GatewaySocket(target, patience)) {
            GatewaySocket.Reply hello = socket.connect("cli", scopes());
            return hello.ok() ? answer(socket.request(method, parsed), output) : answer(hello, output);
        } catch (GatewaySocket.Broken broken) {
            return broken(broken, target, output);
        }
    }

    private @Nullable Object parsed() {
        if (params == null) {
            return null;
        }
        Object value = Json.parse(params).map(Json.Parsed::value).orElse(null);
        if (!(value instanceof Map<?, ?>)) {
            throw CliException.usage("--params is no JSON object: it must look like {\"name\": \"agents_list\"}");
        }
        return value;
    }

    /** No more than the method needs; a method that is not known here may need anything. */
    private List<String> scopes() {
        if (READING.contains(method)) {
            return List.of("operator.read");
        }
        return method.equals("tools.invoke")
                ? List.of("operator.write")
                : List.of("operator.admin", "operator.read", "operator.write");
    }

    private int answer(GatewaySocket.Reply reply, Output output) {
        if (reply.ok()) {
            output.document(reply.payload());
            return ExitStatus.OK;
        }
        if (!output.json()) {
            throw CliException.failed("The gateway refused \"" + Printable.line(method) + "\" ("
                    + Printable.line(reply.error().text("code")) + "): " + reply.message());
        }
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("type", "gateway_request_error");
        error.put("code", reply.error().text("code"));
        error.put("message", reply.error().text("message"));
        if (reply.error().has("details")) {
            error.put("details", reply.error().value("details"));
        }
        error.put("retryable", reply.error().flag("retryable"));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("ok", false);
        document.put("error", error);
        output.document(document);
        return ExitStatus.FAILED;
    }

    private static int broken(GatewaySocket.Broken broken, GatewayTarget target, Output output) {
        if (!output.json()) {
            if (!broken.reached()) {
                throw broken.believed()
                        ? Refusals.unreachable(target, broken.text())
                        : Refusals.untrusted(target, broken.text());
            }
            throw CliException.failed("The gateway at " + GatewaySocket.url(target) + " gave no answer ("
                    + broken.text() + "): see its log; --timeout gives it longer");
        }
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("type", "gateway_transport_error");
        error.put("kind", broken.text().equals("timeout") ? "timeout" : "closed");
        error.put(
                "message",
                broken.reached()
                        ? "Gateway at " + GatewaySocket.url(target) + " gave no answer."
                        : "Gateway not reachable at " + GatewaySocket.url(target) + ".");
        error.put("reason", broken.text());
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("ok", false);
        document.put("error", error);
        document.put("gateway", Map.of("url", GatewaySocket.url(target).toString()));
        output.document(document);
        return ExitStatus.FAILED;
    }
}
