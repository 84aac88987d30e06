package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A sandbox that holds nothing back. */
final class SandboxApparmor extends Check {
    SandboxApparmor() {
        super("sandbox.dangerous_apparmor_profile");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.tools().agentsAndDefaults().forEach((path, agent) -> {
            String mode = agent.text("sandbox.docker.apparmorProfile");
            if (mode.equals("unconfined")) {
                found.accept(critical(
                        path + ".sandbox.docker.apparmorProfile",
                        "The sandbox is not confined by AppArmor",
                        path + ".sandbox.docker.apparmorProfile is \"" + mode + "\": nothing confines it.",
                        "Name a profile, or leave it out."));
            }
        });
    }
}
