package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.policy.HttpDenyList;
import dev.portcullis.gateway.runtime.policy.ToolNames;
import java.util.List;
import java.util.function.Consumer;

/** Tools come off the HTTP deny list. */
final class DangerousHttpTools extends Check {
    DangerousHttpTools() {
        super("gateway.tools_invoke_http.dangerous_allow");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> lifted = gateway.settings().texts("gateway.tools.allow").stream()
                .filter(tool -> HttpDenyList.shipped().containsKey(ToolNames.normalise(tool)))
                .distinct()
                .toList();
        if (!lifted.isEmpty()) {
            found.accept(criticalIf(
                    gateway.exposed() || gateway.tailscale("funnel"),
                    "gateway.tools.allow",
                    "Dangerous tools can be called over HTTP",
                    "gateway.tools.allow takes off the HTTP deny list: " + String.join(", ", lifted)
                            + ". Whoever holds the credential can call them through POST /tools/invoke.",
                    "Remove them from gateway.tools.allow. If you need them, keep the gateway on loopback or a private"
                            + " network."));
        }
    }
}
