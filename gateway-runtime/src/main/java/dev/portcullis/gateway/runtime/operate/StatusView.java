package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.config.ConfigRedaction;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway as a whole, and its configuration. */
final class StatusView {
    private final GatewayIdentity identity;
    private final Reloads reloads;

    StatusView(GatewayIdentity identity, Reloads reloads) {
        this.identity = identity;
        this.reloads = reloads;
    }

    OperatorAnswer show(OperatorSnapshot snapshot) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("version", identity.version());
        status.put("startedAt", identity.startedAt().toString());
        status.put("config", source(snapshot.config()));
        status.put("reload", reload(reloads.state()));
        status.put("authMode", snapshot.config().auth().mode());
        Map<String, Object> plugins = new LinkedHashMap<>();
        plugins.put("loaded", (long) snapshot.plugins().plugins().size());
        plugins.put("quarantined", (long) snapshot.plugins().problems().size());
        plugins.put("disabled", (long) snapshot.plugins().skipped().size());
        status.put("plugins", plugins);
        status.put("tools", (long) snapshot.catalog().descriptions().size());
        status.put("invocations", invocations(snapshot.invocations()));
        status.put("warnings", Warnings.of(snapshot));
        return OperatorAnswer.ok(status);
    }

    private static Map<String, @Nullable Object> reload(Reloads.State state) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("skipped", state.skipped());
        shown.put("restart", state.restart());
        return shown;
    }

    private static Map<String, @Nullable Object> invocations(OperatorSnapshot.Invocations now) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("running", (long) now.running());
        shown.put("extraCarrierThreads", (long) now.extraCarrierThreads());
        shown.put("runaways", now.runaways().stream().map(StatusView::runaway).toList());
        return shown;
    }

    private static Map<String, Object> runaway(OperatorSnapshot.Runaway one) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("tool", one.tool());
        shown.put("provider", one.provider());
        shown.put("invocations", (long) one.invocations());
        return shown;
    }

    OperatorAnswer config(OperatorRequest request, GatewayConfig config) {
        boolean values = request.parameter("values").filter("true"::equals).isPresent();
        if (values && !request.principal().has(Scope.ADMIN)) {
            return OperatorAnswer.error(
                    OperatorAnswer.Status.FORBIDDEN, "forbidden", "missing scope: " + Scope.ADMIN.name());
        }
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(source(config));
        shown.put("config", values ? ConfigRedaction.redactSecrets(config) : ConfigRedaction.redact(config));
        return OperatorAnswer.ok(shown);
    }

    private static Map<String, @Nullable Object> source(GatewayConfig config) {
        Map<String, @Nullable Object> source = new LinkedHashMap<>();
        source.put("source", config.document().name());
        source.put("hash", config.document().hash());
        return source;
    }
}
