package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A sandbox that holds nothing back. */
final class SandboxNetwork extends Check {
    SandboxNetwork() {
        super("sandbox.dangerous_network_mode");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.tools().agentsAndDefaults().forEach((path, agent) -> {
            String mode = agent.text("sandbox.docker.network");
            if (mode.equals("host") || mode.startsWith("container:")) {
                found.accept(critical(
                        path + ".sandbox.docker.network",
                        "The sandbox shares the network of its host",
                        path + ".sandbox.docker.network is \"" + mode + "\": it reaches every local service.",
                        "Use \"bridge\" or \"none\"."));
            }
        });
    }
}
