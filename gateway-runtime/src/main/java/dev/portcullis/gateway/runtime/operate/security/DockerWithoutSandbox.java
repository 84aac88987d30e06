package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A sandbox is described and not used. */
final class DockerWithoutSandbox extends Check {
    DockerWithoutSandbox() {
        super("sandbox.docker_config_mode_off");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        String defaults = gateway.settings().text("agents.defaults.sandbox.mode");
        gateway.tools().agentsAndDefaults().forEach((path, agent) -> {
            String mode = agent.has("sandbox.mode") ? agent.text("sandbox.mode") : defaults;
            if (agent.child("sandbox.docker").isPresent() && (mode.isEmpty() || mode.equals("off"))) {
                found.accept(warn(
                        path + ".sandbox.mode",
                        "A sandbox is configured but off",
                        path + ".sandbox.docker is written, and the sandbox mode is off.",
                        "Set the mode to \"non-main\" or \"all\", or remove the block."));
            }
        });
    }
}
