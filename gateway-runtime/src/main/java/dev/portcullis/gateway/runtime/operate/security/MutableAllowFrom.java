package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A name is allowed that its owner can change, and it is therefore not looked at. */
final class MutableAllowFrom extends Check {
    private static final Map<String, Pattern> STABLE = Map.of(
            "discord", Pattern.compile("(discord:|user:)?(<@!?)?\\d{5,25}>?"),
            "slack", Pattern.compile("(slack:|user:)?(<@)?([UWB][A-Z0-9]{6,}|[uwb](?=[a-z]*\\d)[a-z0-9]{6,})>?"),
            "googlechat", Pattern.compile("(googlechat:)?(users/)?\\d{5,}"),
            "msteams", Pattern.compile("(msteams:|user:)?([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|29:.+)"));

    MutableAllowFrom() {
        super("channels.*.allowFrom.mutable_entries_inert");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.channels().scopes().forEach((path, channel) -> {
            String provider = path.split("\\.", -1)[1];
            Pattern stable = STABLE.get(provider);
            if (stable == null || channel.on("dangerouslyAllowNameMatching")) {
                return;
            }
            List<String> inert = Direct.senders(channel).stream()
                    .filter(entry ->
                            !entry.equals("*") && !stable.matcher(entry).matches())
                    .toList();
            if (!inert.isEmpty()) {
                found.accept(new Finding(
                        "channels." + provider + ".allowFrom.mutable_entries_inert",
                        Severity.WARN,
                        path + ".allowFrom",
                        "Senders are allowed by names that can change",
                        path + ".allowFrom has " + String.join(", ", inert)
                                + ". Names are not compared, because whoever takes the name would be let in: these entries"
                                + " allow nobody.",
                        "Write the ids of the senders."));
            }
        });
    }
}
