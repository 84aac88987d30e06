package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Nobody can tell afterwards what happened. */
final class AuditOff extends Check {
    AuditOff() {
        super("portcullis.audit.disabled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.settings().off("logging.audit.enabled")) {
            found.accept(warn(
                    "logging.audit.enabled",
                    "Invocations are not recorded",
                    "logging.audit.enabled is false: nothing says who called which tool, and what was refused.",
                    "Remove it; records never hold arguments, results or secrets."));
        }
    }
}
