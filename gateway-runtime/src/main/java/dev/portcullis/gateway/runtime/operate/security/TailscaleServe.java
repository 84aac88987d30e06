package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The tailnet can connect. */
final class TailscaleServe extends Check {
    TailscaleServe() {
        super("gateway.tailscale_serve");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.tailscale("serve")) {
            found.accept(info(
                    "gateway.tailscale.mode",
                    "Tailscale Serve exposes the gateway to the tailnet",
                    "gateway.tailscale.mode is \"serve\": machines of the tailnet can try to log in.",
                    "Nothing, if you trust the tailnet; else set it to \"off\"."));
        }
    }
}
