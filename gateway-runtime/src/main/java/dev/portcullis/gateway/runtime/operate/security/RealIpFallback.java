package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The client address is what a header says. */
final class RealIpFallback extends Check {
    RealIpFallback() {
        super("gateway.real_ip_fallback_enabled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (!gateway.settings().on("gateway.allowRealIpFallback")) {
            return;
        }
        boolean remoteProxy = gateway.trustedProxy()
                && gateway.settings().texts("gateway.trustedProxies").stream()
                        .anyMatch(proxy -> !proxy.startsWith("127.") && !proxy.startsWith("::1"));
        found.accept(criticalIf(
                gateway.exposed() || remoteProxy,
                "gateway.allowRealIpFallback",
                "X-Real-IP is believed",
                "gateway.allowRealIpFallback is true: where X-Forwarded-For is missing, X-Real-IP says who the client is. A proxy"
                        + " that passes the client's own header on lets everybody choose an address.",
                "Set gateway.allowRealIpFallback to false, and have the proxy send X-Forwarded-For."));
    }
}
