package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A sandbox that holds nothing back. */
final class SandboxSeccomp extends Check {
    SandboxSeccomp() {
        super("sandbox.dangerous_seccomp_profile");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.tools().agentsAndDefaults().forEach((path, agent) -> {
            String mode = agent.text("sandbox.docker.seccompProfile");
            if (mode.equals("unconfined")) {
                found.accept(critical(
                        path + ".sandbox.docker.seccompProfile",
                        "The sandbox may make every system call",
                        path + ".sandbox.docker.seccompProfile is \"" + mode + "\": nothing filters system calls.",
                        "Name a profile, or leave it out."));
            }
        });
    }
}
