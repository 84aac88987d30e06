package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Nobody thought about how often callers may guess. */
final class RateLimitMissing extends Check {
    RateLimitMissing() {
        super("gateway.auth_no_rate_limit");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.exposed() && !gateway.trustedProxy() && !gateway.settings().has("gateway.auth.rateLimit")) {
            found.accept(
                    warn(
                            "gateway.auth.rateLimit",
                            "No limit on failed log-ins is configured",
                            "The gateway can be reached by others, and gateway.auth.rateLimit is not written. The default of 10 failures a minute applies.",
                            "Write gateway.auth.rateLimit, for instance { maxAttempts: 10, windowMs: 60000, lockoutMs: 300000 }."));
        }
    }
}
