package dev.portcullis.gateway.runtime.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code channels}: only what decides about tools is read; the rest belongs to the channels' own programs. */
final class ChannelsReader {
    /** Settings for all channels, not a channel. */
    private static final Set<String> NOT_CHANNELS = Set.of("defaults", "modelByChannel");

    private ChannelsReader() {}

    static Map<String, ChannelConfig> read(Section channels) {
        Map<String, ChannelConfig> read = new HashMap<>();
        for (String key : channels.keys()) {
            if (!NOT_CHANNELS.contains(key)) {
                String id = key.strip().toLowerCase(Locale.ROOT);
                read.put(id, channel(id, channels.section(key)));
            }
        }
        return read;
    }

    private static ChannelConfig channel(String id, Section section) {
        boolean enabled = section.flag("enabled").orElse(true);
        Map<String, ChannelConfig.Group> groups = groups(section);
        Map<String, ChannelConfig.Account> accounts = section.section("accounts")
                .each((name, account) -> new ChannelConfig.Account(
                        account.has("groups") ? Optional.of(groups(account)) : Optional.empty()));
        return new ChannelConfig(id, enabled, groups, accounts);
    }

    private static Map<String, ChannelConfig.Group> groups(Section owner) {
        return owner.section("groups").each((name, group) -> {
            Optional<ToolRules> tools = group.has("tools")
                    ? Optional.of(RulesReader.closed(group.section("tools"), false))
                    : Optional.empty();
            return new ChannelConfig.Group(tools, RulesReader.bySender(group));
        });
    }
}
