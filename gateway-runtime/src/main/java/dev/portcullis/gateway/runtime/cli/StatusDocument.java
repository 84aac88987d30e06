package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The status as a document: what the gateway says, in the reference gateway's shape, and what is known without it. */
final class StatusDocument {
    private StatusDocument() {}

    static Map<String, @Nullable Object> of(StatusReport report) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("runtimeVersion", null);
        @Nullable Object answer = report.look().map(GatewayLook::answer).orElse(null);
        if (answer instanceof Map<?, ?> map) {
            map.forEach((name, value) -> document.put(String.valueOf(name), value));
        }
        @Nullable Object details = document.remove("gateway");
        Fields ready = Fields.of(report.look().map(GatewayLook::ready).orElse(null));
        document.put("degradedPlugins", ready.texts("quarantined"));
        document.put("degradedSecretOwners", List.of());
        if (ready.has("eventLoop")) {
            document.put("eventLoop", ready.value("eventLoop"));
        }
        document.put("os", system());
        document.put("gateway", gateway(report, ready, details));
        document.put("config", config(report));
        document.put("cli", Map.of("version", Version.number()));
        document.put("stateDir", report.stateDir().toString());
        document.put("secretDiagnostics", List.of());
        return document;
    }

    private static Map<String, @Nullable Object> gateway(StatusReport report, Fields ready, @Nullable Object details) {
        @Nullable GatewayLook look = report.look().orElse(null);
        Map<String, @Nullable Object> gateway = new LinkedHashMap<>();
        gateway.put("mode", report.here() ? "local" : "remote");
        gateway.put("url", look == null ? null : look.url());
        gateway.put("urlSource", GatewayLook.urlSource(report.given(), report.here()));
        gateway.put("misconfigured", look == null);
        gateway.put("reachable", look != null && look.reachable());
        gateway.put("state", look == null ? "unknown" : look.state().word());
        gateway.put("connectLatencyMs", look != null && look.reachable() ? look.millis() : null);
        gateway.put("self", details);
        String problem = look == null ? report.unknown() : look.problem();
        gateway.put("error", problem.isEmpty() ? null : problem);
        gateway.put("authWarning", look != null && look.state() == GatewayLook.State.REFUSED ? problem : null);
        if (ready.has("ready")) {
            gateway.put("readiness", look == null ? null : look.ready());
        }
        return gateway;
    }

    private static Map<String, @Nullable Object> config(StatusReport report) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("path", report.file().map(Path::toString).orElse(null));
        config.put("chosenBy", report.chosenBy());
        config.put("valid", report.problems().isEmpty());
        config.put("issues", report.problems());
        return config;
    }

    private static Map<String, @Nullable Object> system() {
        Map<String, @Nullable Object> os = new LinkedHashMap<>();
        String platform = System.getProperty("os.name");
        String release = System.getProperty("os.version");
        String arch = System.getProperty("os.arch");
        os.put("platform", platform);
        os.put("arch", arch);
        os.put("release", release);
        os.put("label", platform + " " + release + " (" + arch + ")");
        return os;
    }
}
