package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Everybody on a channel runs commands outside the sandbox. */
final class ElevatedWildcard extends Check {
    ElevatedWildcard() {
        super("tools.elevated.allowFrom.*.wildcard");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.settings()
                .child("tools.elevated.allowFrom")
                .ifPresent(lists -> lists.names().forEach(provider -> {
                    if (gateway.tools().elevated() && lists.texts(provider).contains("*")) {
                        found.accept(new Finding(
                                "tools.elevated.allowFrom." + provider + ".wildcard",
                                Severity.CRITICAL,
                                "tools.elevated.allowFrom." + provider,
                                "Everybody on " + provider + " may run elevated commands",
                                "tools.elevated.allowFrom." + provider + " contains \"*\".",
                                "Name the senders who may, or set tools.elevated.enabled to false."));
                    }
                }));
    }
}
