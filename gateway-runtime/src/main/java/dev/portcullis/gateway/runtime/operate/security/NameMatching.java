package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** Senders are known by names they choose. */
final class NameMatching extends Check {
    NameMatching() {
        super("channels.*.allowFrom.dangerous_name_matching_enabled");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.channels().scopes().forEach((path, channel) -> {
            if (channel.on("dangerouslyAllowNameMatching")) {
                found.accept(new Finding(
                        "channels." + path.substring("channels.".length())
                                + ".allowFrom.dangerous_name_matching_enabled",
                        Severity.INFO,
                        path + ".dangerouslyAllowNameMatching",
                        "Senders are matched by name",
                        path + ".dangerouslyAllowNameMatching is true: whoever takes a name of the list gets in.",
                        "List ids in allowFrom, and remove the flag."));
            }
        });
    }
}
