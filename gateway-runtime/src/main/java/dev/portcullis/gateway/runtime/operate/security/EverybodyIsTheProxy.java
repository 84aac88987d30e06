package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Every address counts as a proxy. */
final class EverybodyIsTheProxy extends Check {
    EverybodyIsTheProxy() {
        super("portcullis.trusted_proxies.everybody");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> wide = gateway.settings().texts("gateway.trustedProxies").stream()
                .filter(proxy -> proxy.endsWith("/0"))
                .toList();
        if (!wide.isEmpty()) {
            found.accept(critical(
                    "gateway.trustedProxies",
                    "Every address counts as a trusted proxy",
                    "gateway.trustedProxies has " + String.join(", ", wide)
                            + ": every client chooses its own address, and with trusted-proxy auth its own user.",
                    "Name the addresses of your proxy only."));
        }
    }
}
