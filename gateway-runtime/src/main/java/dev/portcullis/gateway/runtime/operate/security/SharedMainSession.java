package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Several people talk in one session. */
final class SharedMainSession extends Check {
    SharedMainSession() {
        super("channels.*.dm.scope_main_multiuser");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        String scope = gateway.settings().text("session.dmScope");
        if (!scope.isEmpty() && !scope.equals("main")) {
            return;
        }
        gateway.channels().scopes().forEach((path, channel) -> {
            boolean several = Direct.senders(channel).contains("*")
                    || Direct.senders(channel).size() > 1;
            if (several) {
                found.accept(new Finding(
                        Direct.id(path) + "scope_main_multiuser",
                        Severity.WARN,
                        "session.dmScope",
                        "Several senders share the main session",
                        "session.dmScope is \"main\", and " + path
                                + " lets more than one sender in: each sees what the others" + " said.",
                        "Set session.dmScope to \"per-channel-peer\"."));
            }
        });
    }
}
