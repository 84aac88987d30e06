package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The internet can connect. */
final class TailscaleFunnel extends Check {
    TailscaleFunnel() {
        super("gateway.tailscale_funnel");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.tailscale("funnel")) {
            found.accept(critical(
                    "gateway.tailscale.mode",
                    "Tailscale Funnel exposes the gateway to the internet",
                    "gateway.tailscale.mode is \"funnel\": everybody on the internet can try to log in.",
                    "Set gateway.tailscale.mode to \"serve\" (your tailnet only) or \"off\"."));
        }
    }
}
