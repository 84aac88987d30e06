package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis health}. */
@Command(
        name = "health",
        description = "Ask the running gateway whether it serves.",
        footer = {
            "",
            "Exit codes: 0 it serves, or is just starting; 1 it is down, listens elsewhere, is not ready, refuses the",
            "credential, says nothing, or something else answers there; 2 wrong options; 78 the configuration does not hold."
        })
final class HealthCommand implements Callable<Integer> {
    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--timeout",
            paramLabel = "MS",
            defaultValue = "10000",
            description = "How long an answer may take, in milliseconds (default: ${DEFAULT-VALUE}).")
    long timeout;

    private final CliContext context;

    HealthCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Duration patience = Timeout.ofMillis(timeout);
        GatewayLook look = context.look(connection, patience, "health");
        Output output = context.output();
        if (look.state() == GatewayLook.State.STARTING) {
            if (output.json()) {
                Map<String, @Nullable Object> document = new LinkedHashMap<>();
                document.put("status", "starting");
                document.put("startupPhase", "before listening");
                output.document(document);
            } else {
                output.line(look.problem());
            }
            return ExitStatus.OK;
        }
        if (look.state() != GatewayLook.State.OK) {
            if (output.json()) {
                output.document(look.failure(connection.url != null));
                return ExitStatus.FAILED;
            }
            throw CliException.failed(look.problem());
        }
        if (output.json()) {
            output.document(document(look));
        } else {
            output.lines(lines(look));
        }
        return ExitStatus.OK;
    }

    /** The gateway's own words, and what its readiness adds to them. */
    private static Map<String, @Nullable Object> document(GatewayLook look) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        if (look.answer() instanceof Map<?, ?> answer) {
            answer.forEach((name, value) -> document.put(String.valueOf(name), value));
        }
        Fields ready = Fields.of(look.ready());
        if (ready.has("eventLoop")) {
            document.put("eventLoop", ready.value("eventLoop"));
            Map<String, Object> reload = new LinkedHashMap<>();
            reload.put("hotReloadStatus", "active");
            reload.put("skipped", ready.texts("skipped"));
            document.put("configReload", reload);
        }
        return document;
    }

    private static List<String> lines(GatewayLook look) {
        Fields health = look.fields();
        List<String> broken = health.object("plugins").objects("errors").stream()
                .map(plugin -> plugin.text("id"))
                .toList();
        Fields loop = Fields.of(look.ready()).object("eventLoop");
        return List.of(
                "Gateway: ok at " + look.url() + (loop.flag("degraded") ? ", but slow" : ""),
                "Gateway probe duration: " + look.millis() + "ms",
                Printable.line(
                        "Plugins: " + health.object("plugins").texts("loaded").size() + " loaded"
                                + (broken.isEmpty() ? "" : ", broken: " + String.join(", ", broken))),
                Printable.line("Agents: "
                        + String.join(
                                ", ",
                                health.objects("agents").stream()
                                        .map(agent ->
                                                agent.text("agentId") + (agent.flag("isDefault") ? " (default)" : ""))
                                        .toList())),
                Printable.line("Session store: " + health.object("sessions").text("path") + " ("
                        + health.object("sessions").text("count") + " entries)"));
    }
}
