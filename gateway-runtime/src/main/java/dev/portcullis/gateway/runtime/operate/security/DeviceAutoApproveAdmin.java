package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Devices become administrators without asking. */
final class DeviceAutoApproveAdmin extends Check {
    DeviceAutoApproveAdmin() {
        super("gateway.trusted_proxy_device_auto_approve_admin");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.trustedProxy()
                && gateway.settings().on("gateway.auth.trustedProxy.deviceAutoApprove.enabled")
                && gateway.settings()
                        .texts("gateway.auth.trustedProxy.deviceAutoApprove.scopes")
                        .contains("operator.admin")) {
            found.accept(critical(
                    "gateway.auth.trustedProxy.deviceAutoApprove.scopes",
                    "Devices become administrators without asking",
                    "gateway.auth.trustedProxy.deviceAutoApprove.scopes contains operator.admin.",
                    "Take operator.admin out, and grant it by name in gateway.auth.identityScopes."));
        }
    }
}
