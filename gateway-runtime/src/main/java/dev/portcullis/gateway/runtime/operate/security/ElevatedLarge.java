package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Too many people to know run commands outside the sandbox. */
final class ElevatedLarge extends Check {
    private static final int MANY = 25;

    ElevatedLarge() {
        super("tools.elevated.allowFrom.*.large");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.settings()
                .child("tools.elevated.allowFrom")
                .ifPresent(lists -> lists.names().forEach(provider -> {
                    int size = lists.texts(provider).size();
                    if (gateway.tools().elevated()
                            && size > MANY
                            && !lists.texts(provider).contains("*")) {
                        found.accept(new Finding(
                                "tools.elevated.allowFrom." + provider + ".large",
                                Severity.WARN,
                                "tools.elevated.allowFrom." + provider,
                                "Many senders on " + provider + " may run elevated commands",
                                "tools.elevated.allowFrom." + provider + " has " + size + " entries.",
                                "Keep it to the few who need it."));
                    }
                }));
    }
}
