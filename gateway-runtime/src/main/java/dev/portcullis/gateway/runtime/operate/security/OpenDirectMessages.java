package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Anybody may write to the gateway. */
final class OpenDirectMessages extends Check {
    OpenDirectMessages() {
        super("channels.*.dm.open");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.channels().scopes().forEach((path, channel) -> {
            if (Direct.policy(channel).equals("open") && Direct.senders(channel).contains("*")) {
                found.accept(Direct.finding(
                        Severity.CRITICAL,
                        path,
                        "open",
                        "Anybody may send direct messages",
                        "dmPolicy is \"open\" and allowFrom contains \"*\".",
                        "Set dmPolicy to \"pairing\" or \"allowlist\"."));
            }
        });
    }
}
