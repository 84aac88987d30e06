package dev.portcullis.gateway.runtime.session;

import java.util.Locale;
import java.util.Map;

/** Names of messaging channels: lower case, with the usual short names. A name that nobody knows stays as it is. */
final class Channels {
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("lark", "feishu"),
            Map.entry("gchat", "googlechat"),
            Map.entry("google-chat", "googlechat"),
            Map.entry("imsg", "imessage"),
            Map.entry("internet-relay-chat", "irc"),
            Map.entry("teams", "msteams"),
            Map.entry("nc", "nextcloud-talk"),
            Map.entry("nc-talk", "nextcloud-talk"),
            Map.entry("twitch-chat", "twitch"),
            Map.entry("zl", "zalo"),
            Map.entry("zlu", "zalouser"));

    private Channels() {}

    static String canonical(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return ALIASES.getOrDefault(lower, lower);
    }
}
