package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a probe found out. Filled in while it goes; then shown. */
final class ProbeReport {
    private static final String READ = "operator.read";

    private final GatewayTarget target;
    private final String id;
    private final Duration budget;
    private final long startedAt = System.currentTimeMillis();
    private final Map<String, @Nullable Object> read = new LinkedHashMap<>();
    private boolean reached;
    private boolean answered;
    private boolean scopeLimited;
    private long latencyMs;
    private long durationMs;
    private String error = "";
    private @Nullable Map<String, Object> close;
    private Fields hello = Fields.of(null);

    private ProbeReport(GatewayTarget target, String id, Duration budget) {
        this.target = target;
        this.id = id;
        this.budget = budget;
    }

    /** Asks the gateway. */
    static ProbeReport of(GatewayTarget target, String id, Duration budget) {
        ProbeReport report = new ProbeReport(target, id, budget);
        long began = System.nanoTime();
        try (GatewaySocket socket = new GatewaySocket(target, budget)) {
            report.ask(socket, began);
        } catch (GatewaySocket.Broken broken) {
            report.reached = report.reached || broken.reached();
            report.fail(broken.text(), Optional.of(broken));
        }
        report.durationMs = millisSince(began);
        return report;
    }

    private void ask(GatewaySocket socket, long began) throws GatewaySocket.Broken {
        GatewaySocket.Reply connected = socket.connect("probe", List.of(READ));
        reached = true;
        latencyMs = millisSince(began);
        if (!connected.ok()) {
            fail(connected.message(), socket.closed());
            return;
        }
        hello = Fields.of(connected.payload());
        List<String> problems = new ArrayList<>();
        for (String method : List.of("health", "status", "system-presence", "config.get")) {
            GatewaySocket.Reply reply = socket.request(method, method.equals("config.get") ? Map.of() : null);
            if (reply.ok()) {
                read.put(method, reply.payload());
            } else {
                problems.add(reply.message());
                scopeLimited = scopeLimited || reply.message().startsWith("missing scope");
            }
        }
        answered = problems.isEmpty();
        error = answered ? "" : problems.getFirst();
    }

    private void fail(String why, Optional<GatewaySocket.Broken> closed) {
        error = why;
        closed.ifPresent(how -> {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("code", how.code());
            shown.put("reason", how.reason());
            close = shown;
        });
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    boolean reached() {
        return reached;
    }

    boolean answered() {
        return answered;
    }

    boolean scopeLimited() {
        return scopeLimited;
    }

    long latencyMs() {
        return latencyMs;
    }

    String error() {
        return error;
    }

    /** How the gateway hung up: {@code code} and {@code reason}; null if it did not. */
    @Nullable
    Map<String, Object> close() {
        return close;
    }

    Duration budget() {
        return budget;
    }

    String url() {
        return GatewaySocket.url(target).toString();
    }

    String version() {
        return Printable.line(hello.object("server").text("version"));
    }

    private List<String> scopes() {
        return hello.object("auth").texts("scopes");
    }

    /** What the credential is good for, in one word. */
    String capability() {
        if (error.startsWith("device identity required") || error.startsWith("pairing required")) {
            return "pairing_pending";
        }
        if (scopes().contains("operator.admin")) {
            return "admin_capable";
        }
        if (scopes().contains("operator.write")) {
            return "write_capable";
        }
        if (scopes().contains(READ) || answered) {
            return "read_only";
        }
        return hello.has("auth") ? "connected_no_operator_scope" : "unknown";
    }

    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> network = new LinkedHashMap<>();
        network.put("localLoopbackUrl", id.equals("localLoopback") ? url() : null);
        network.put("localTailnetUrl", null);
        network.put("tailnetIPv4", null);
        Map<String, @Nullable Object> discovery = new LinkedHashMap<>();
        discovery.put("timeoutMs", 0);
        discovery.put("count", 0);
        discovery.put("beacons", List.of());
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("ok", reached);
        document.put("degraded", reached && !answered);
        document.put("capability", capability());
        document.put("ts", startedAt);
        document.put("durationMs", durationMs);
        document.put("timeoutMs", budget.toMillis());
        document.put("primaryTargetId", reached ? id : null);
        document.put("warnings", warnings());
        document.put("network", network);
        document.put("discovery", discovery);
        document.put("targets", List.of(target()));
        return document;
    }

    private List<Map<String, Object>> warnings() {
        if (answered) {
            return List.of();
        }
        Map<String, Object> warning = new LinkedHashMap<>();
        if (!reached) {
            warning.put("code", "no_gateway_reachable");
            warning.put(
                    "message",
                    "No gateway answered at " + url() + " (" + error + "). Start one with \"portcullis run\".");
        } else if (scopeLimited) {
            warning.put("code", "probe_scope_limited");
            warning.put("message", "The credential may not read the gateway's state (" + error + ").");
        } else {
            warning.put("code", "probe_detail_failed");
            warning.put("message", "The gateway took the connection, but did not answer all that was asked: " + error);
        }
        warning.put("targetIds", List.of(id));
        return List.of(warning);
    }

    private Map<String, @Nullable Object> target() {
        Map<String, @Nullable Object> connect = new LinkedHashMap<>();
        connect.put("ok", reached);
        connect.put("rpcOk", answered);
        connect.put("scopeLimited", scopeLimited);
        connect.put("latencyMs", reached ? latencyMs : null);
        connect.put("error", error.isEmpty() ? null : error);
        connect.put("close", close);
        Map<String, @Nullable Object> auth = new LinkedHashMap<>();
        auth.put("role", hello.object("auth").value("role"));
        auth.put("scopes", scopes());
        auth.put("capability", capability());
        Map<String, @Nullable Object> server = new LinkedHashMap<>();
        server.put("version", hello.object("server").value("version"));
        server.put("connId", hello.object("server").value("connId"));
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("id", id);
        shown.put("kind", id);
        shown.put("url", url());
        shown.put("active", true);
        shown.put("tunnel", null);
        shown.put("connect", connect);
        shown.put("auth", auth);
        shown.put("server", server);
        shown.put("self", self());
        shown.put("config", read.get("config.get"));
        shown.put("health", read.get("health"));
        shown.put("summary", read.get("status"));
        shown.put("presence", read.get("system-presence") instanceof List<?> list ? list : null);
        return shown;
    }

    private @Nullable Object self() {
        return read.get("system-presence") instanceof List<?> list
                ? list.stream()
                        .filter(entry -> Fields.of(entry).text("reason").equals("self"))
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
