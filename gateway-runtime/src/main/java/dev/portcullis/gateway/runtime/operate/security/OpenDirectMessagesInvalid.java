package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Open to anybody, but nobody is let in. */
final class OpenDirectMessagesInvalid extends Check {
    OpenDirectMessagesInvalid() {
        super("channels.*.dm.open_invalid");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.channels().scopes().forEach((path, channel) -> {
            if (Direct.policy(channel).equals("open")
                    && !Direct.senders(channel).contains("*")) {
                found.accept(Direct.finding(
                        Severity.WARN,
                        path,
                        "open_invalid",
                        "Open direct messages without \"*\"",
                        "dmPolicy is \"open\", which asks for \"*\" in allowFrom.",
                        "Set dmPolicy to \"pairing\" or \"allowlist\"; or add \"*\" if anybody really may write."));
            }
        });
    }
}
