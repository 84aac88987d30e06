package dev.portcullis.gateway.runtime.operate.security;

import java.util.Set;
import java.util.function.Consumer;

/** Commands are sent to a sandbox that is off. */
final class SandboxHostWithoutSandbox extends Check {
    private static final Set<String> SANDBOXED = Set.of("all", "non-main");

    SandboxHostWithoutSandbox() {
        super("tools.exec.host_sandbox_no_sandbox_defaults");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.settings().says("tools.exec.host", "sandbox")
                && !SANDBOXED.contains(gateway.settings().text("agents.defaults.sandbox.mode"))) {
            found.accept(warn(
                    "tools.exec.host",
                    "Commands are to run in a sandbox that is off",
                    "tools.exec.host is \"sandbox\", and agents.defaults.sandbox.mode is off.",
                    "Set agents.defaults.sandbox.mode to \"all\" or \"non-main\", or tools.exec.host to \"gateway\"."));
        }
    }
}
