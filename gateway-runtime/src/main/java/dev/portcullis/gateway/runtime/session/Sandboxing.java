package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.AgentsConfig.Agent;
import dev.portcullis.gateway.runtime.config.AgentsConfig.SandboxMode;
import dev.portcullis.gateway.runtime.session.InvocationContext.Lineage;
import java.util.Optional;

/** Whether a session counts as sandboxed. */
final class Sandboxing {
    private Sandboxing() {}

    static boolean holds(InvocationContext context, AgentsConfig agents) {
        if (context.lineage().map(Lineage::sandboxRequired).orElse(false)) {
            return true;
        }
        SandboxMode mode = Optional.ofNullable(agents.entries().get(context.agentId()))
                .flatMap(Agent::sandboxMode)
                .orElse(agents.sandboxMode());
        return switch (mode) {
            case OFF -> false;
            case NON_MAIN -> !context.mainSession();
            case ALL -> true;
        };
    }
}
