package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.Secret;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject;
import dev.portcullis.gateway.runtime.operate.security.DeepProbe;
import dev.portcullis.gateway.runtime.operate.security.DeepProbe.Kind;
import dev.portcullis.gateway.runtime.operate.security.DeepProbe.Request;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a running gateway as a hardening test does: over WebSocket for its state, over HTTP with four requests. The wrong credential
 * counts as one failed log-in.
 */
final class GatewayProbe {
    /** For WebSocket, and for the four requests together. */
    private static final Duration BUDGET = Duration.ofSeconds(5);
    /** Built-in tools that only read, and need no arguments. */
    private static final List<String> HARMLESS = List.of("sessions_list", "agents_list", "session_status");

    private final CliContext context;
    private final ConnectionOptions connection;
    private final Duration budget;

    GatewayProbe(CliContext context, ConnectionOptions connection) {
        this(context, connection, BUDGET);
    }

    GatewayProbe(CliContext context, ConnectionOptions connection, Duration budget) {
        this.context = context;
        this.connection = connection;
        this.budget = budget;
    }

    /** @throws CliException if the options name no gateway */
    void refuseBadOptions() {
        if (connection.url != null || connection.port != null) {
            try {
                target();
            } catch (CliException refused) {
                if (refused.status() == ExitStatus.USAGE) {
                    throw refused;
                }
            }
        }
    }

    /** Never fails: what went wrong is in what it gives. */
    DeepProbe run(AuditSubject subject) {
        GatewayTarget target;
        try {
            target = target();
        } catch (CliException unknown) {
            return nobodyAsked(String.valueOf(unknown.getMessage()));
        }
        return new DeepProbe(socket(target), requests(target, subject));
    }

    private GatewayTarget target() {
        return context.target(connection);
    }

    private static DeepProbe nobodyAsked(String why) {
        return new DeepProbe(new DeepProbe.Socket("", why, Optional.empty()), new DeepProbe.Http("", why, List.of()));
    }

    private DeepProbe.Socket socket(GatewayTarget target) {
        ProbeReport report = ProbeReport.of(target, "audit", budget);
        Optional<DeepProbe.Close> close = Optional.ofNullable(report.close())
                .map(Fields::of)
                .map(how -> new DeepProbe.Close(
                        how.value("code") instanceof Number code ? code.intValue() : 0, how.text("reason")));
        return new DeepProbe.Socket(
                report.url(), report.answered() || !report.error().isEmpty() ? report.error() : "no answer", close);
    }

    /** On a thread of its own: a gateway that is none may send its answer for ever. */
    private DeepProbe.Http requests(GatewayTarget target, AuditSubject subject) {
        String url = target.base().toString();
        List<Request> done = new CopyOnWriteArrayList<>();
        ExecutorService runner = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Future<String> error = runner.submit(() -> ask(target, subject, done));
            return new DeepProbe.Http(url, error.get(budget.toNanos(), TimeUnit.NANOSECONDS), done);
        } catch (TimeoutException late) {
            return new DeepProbe.Http(url, late(), done);
        } catch (ExecutionException failed) {
            return new DeepProbe.Http(url, String.valueOf(failed.getCause()), done);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new DeepProbe.Http(url, "interrupted", done);
        } finally {
            runner.shutdownNow();
        }
    }

    private String late() {
        return "not all was answered within " + budget.toSeconds()
                + " s: it hangs, or holds back answers after too many wrong credentials";
    }

    /** Why not all could be asked; empty if all could. */
    private String ask(GatewayTarget target, AuditSubject subject, List<Request> done) {
        try (GatewayClient known = new GatewayClient(target, budget)) {
            GatewayClient.Reply status = known.get(ClientCommand.API + "/status", Map.of());
            if (!status.ok()) {
                String why = String.valueOf(Refusals.explain(target, status).getMessage());
                if (status.status() == 401 || status.status() == 403) {
                    strangers(target, HARMLESS.getFirst(), done);
                }
                return why;
            }
            List<String> allowed = allowed(known);
            Optional<String> harmless =
                    HARMLESS.stream().filter(allowed::contains).findFirst();
            done.add(harmless.map(tool -> sent(known, Kind.ALLOWED, tool))
                    .orElseGet(() -> unsent(Kind.ALLOWED, "policy allows no built-in tool that only reads")));
            done.add(sent(known, Kind.BLOCKED, DeepProbe.blockedTool(subject)));
            if (DeepProbe.letsEverybodyIn(subject)) {
                done.add(unsent(Kind.NO_TOKEN, "gateway.auth.mode is none"));
                done.add(unsent(Kind.WRONG_TOKEN, "gateway.auth.mode is none"));
            } else {
                strangers(target, harmless.orElse(HARMLESS.getFirst()), done);
            }
            return "";
        } catch (CliException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private static List<String> allowed(GatewayClient known) {
        return Fields.of(known.fetchValue(ClientCommand.API + "/tools", Map.of())).objects("tools").stream()
                .filter(tool -> tool.flag("allowed") && tool.flag("builtIn"))
                .map(tool -> tool.text("name"))
                .toList();
    }

    private void strangers(GatewayTarget target, String tool, List<Request> done) {
        done.add(stranger(target, Kind.NO_TOKEN, tool, Optional.empty()));
        done.add(stranger(target, Kind.WRONG_TOKEN, tool, Optional.of(wrong())));
    }

    private Request stranger(GatewayTarget target, Kind kind, String tool, Optional<Credential> credential) {
        try (GatewayClient client = new GatewayClient(target.with(credential), budget)) {
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
