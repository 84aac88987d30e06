package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.Secret;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject;
import dev.portcullis.gateway.runtime.operate.security.ProbeReport;
import dev.portcullis.gateway.runtime.operate.security.ProbeReport.Kind;
import dev.portcullis.gateway.runtime.operate.security.ProbeReport.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Sends a running gateway the four requests of a hardening test over HTTP. The wrong credential counts as one failed log-in. */
final class GatewayProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** Built-in tools that only read, and need no arguments. */
    private static final List<String> HARMLESS = List.of("sessions_list", "agents_list", "session_status");

    private final CliContext context;
    private final ConnectionOptions connection;

    GatewayProbe(CliContext context, ConnectionOptions connection) {
        this.context = context;
        this.connection = connection;
    }

    ProbeReport run(AuditSubject subject) {
        GatewayTarget target;
        try {
            target = context.target(connection);
        } catch (CliException unknown) {
            return new ProbeReport("", String.valueOf(unknown.getMessage()), List.of());
        }
        List<Request> requests = new ArrayList<>();
        try (GatewayClient known = new GatewayClient(target, TIMEOUT)) {
            boolean open = Fields.of(known.fetchValue(ClientCommand.API + "/status", Map.of()))
                    .text("authMode")
                    .equals("none");
            List<String> allowed =
                    Fields.of(known.fetchValue(ClientCommand.API + "/tools", Map.of())).objects("tools").stream()
                            .filter(tool -> tool.flag("allowed") && tool.flag("builtIn"))
                            .map(tool -> tool.text("name"))
                            .toList();
            Optional<String> harmless =
                    HARMLESS.stream().filter(allowed::contains).findFirst();
            requests.add(harmless.map(tool -> sent(known, Kind.ALLOWED, tool))
                    .orElseGet(() -> unsent(Kind.ALLOWED, "policy allows no built-in tool that only reads")));
            requests.add(sent(known, Kind.BLOCKED, ProbeReport.blockedTool(subject)));
            String tool = harmless.orElse(HARMLESS.getFirst());
            requests.add(stranger(target, Kind.NO_TOKEN, tool, Optional.empty(), open));
            requests.add(stranger(target, Kind.WRONG_TOKEN, tool, Optional.of(wrong()), open));
            return new ProbeReport(target.base().toString(), "", requests);
        } catch (CliException failed) {
            return new ProbeReport(target.base().toString(), String.valueOf(failed.getMessage()), requests);
        }
    }

    private static Request stranger(
            GatewayTarget target, Kind kind, String tool, Optional<Credential> credential, boolean open) {
        if (open) {
            return unsent(kind, "gateway.auth.mode is none");
        }
        try (GatewayClient client = new GatewayClient(target.with(credential), TIMEOUT)) {
            return sent(client, kind, tool);
        }
    }

    private static Request sent(GatewayClient client, Kind kind, String tool) {
        GatewayClient.Reply reply = client.post("/tools/invoke", Map.of("tool", tool, "args", Map.of()), Map.of());
        return new Request(kind, tool, reply.status(), "");
    }

    private static Request unsent(Kind kind, String why) {
        return new Request(kind, "-", 0, why);
    }

    private static Credential wrong() {
        byte[] random = new byte[24];
        ThreadLocalRandom.current().nextBytes(random);
        return new Credential(new Secret(HexFormat.of().formatHex(random)), "the probe");
    }
}
