package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** A list of senders that has none. */
final class DirectMessagesLocked extends Check {
    DirectMessagesLocked() {
        super("channels.*.dm.locked");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.channels().scopes().forEach((path, channel) -> {
            if (Direct.policy(channel).equals("allowlist")
                    && Direct.senders(channel).isEmpty()) {
                found.accept(Direct.finding(
                        Severity.INFO,
                        path,
                        "locked",
                        "Nobody may send direct messages",
                        "dmPolicy is \"allowlist\" and allowFrom is empty.",
                        ""));
            }
        });
    }
}
