package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Devices are paired without asking. */
final class DeviceAutoApprove extends Check {
    DeviceAutoApprove() {
        super("gateway.trusted_proxy_device_auto_approve");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.trustedProxy() && gateway.settings().on("gateway.auth.trustedProxy.deviceAutoApprove.enabled")) {
            found.accept(warn(
                    "gateway.auth.trustedProxy.deviceAutoApprove.enabled",
                    "Devices are approved without asking",
                    "gateway.auth.trustedProxy.deviceAutoApprove is on: whoever the proxy lets in can pair a device.",
                    "Use it only where the proxy is the only way in and allowUsers names everybody who may."));
        }
    }
}
