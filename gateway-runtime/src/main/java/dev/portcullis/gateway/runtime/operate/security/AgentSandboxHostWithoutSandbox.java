package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** An agent sends commands to a sandbox that is off. */
final class AgentSandboxHostWithoutSandbox extends Check {
    AgentSandboxHostWithoutSandbox() {
        super("tools.exec.host_sandbox_no_sandbox_agents");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        String defaults = gateway.settings().text("agents.defaults.sandbox.mode");
        gateway.tools().agents().forEach((path, agent) -> {
            String mode = agent.has("sandbox.mode") ? agent.text("sandbox.mode") : defaults;
            if (agent.says("tools.exec.host", "sandbox") && (mode.isEmpty() || mode.equals("off"))) {
                found.accept(warn(
                        path + ".tools.exec.host",
                        "An agent's commands are to run in a sandbox that is off",
                        path + ".tools.exec.host is \"sandbox\", and the agent's sandbox mode is off.",
                        "Set " + path + ".sandbox.mode to \"all\", or the host to \"gateway\"."));
            }
        });
    }
}
