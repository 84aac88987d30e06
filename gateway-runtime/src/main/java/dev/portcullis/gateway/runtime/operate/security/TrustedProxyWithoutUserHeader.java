package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Nothing says who the user is. */
final class TrustedProxyWithoutUserHeader extends Check {
    TrustedProxyWithoutUserHeader() {
        super("gateway.trusted_proxy_no_user_header");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.trustedProxy()
                && gateway.settings()
                        .text("gateway.auth.trustedProxy.userHeader")
                        .isEmpty()) {
            found.accept(critical(
                    "gateway.auth.trustedProxy.userHeader",
                    "Trusted-proxy auth without a user header",
                    "gateway.auth.trustedProxy.userHeader is not set, so no request says who sends it.",
                    "Set it to the header in which the proxy names the user, such as x-forwarded-user."));
        }
    }
}
