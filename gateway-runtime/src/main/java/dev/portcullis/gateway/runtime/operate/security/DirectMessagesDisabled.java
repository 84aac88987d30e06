package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Nobody may write to the gateway. */
final class DirectMessagesDisabled extends Check {
    DirectMessagesDisabled() {
        super("channels.*.dm.disabled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.channels().scopes().forEach((path, channel) -> {
            if (Direct.policy(channel).equals("disabled")) {
                found.accept(Direct.finding(
                        Severity.INFO, path, "disabled", "Direct messages are off", "dmPolicy is \"disabled\".", ""));
            }
        });
    }
}
