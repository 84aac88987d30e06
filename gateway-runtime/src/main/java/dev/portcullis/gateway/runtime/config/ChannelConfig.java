package dev.portcullis.gateway.runtime.config;

import java.util.Map;
import java.util.Optional;

/**
 * {@code channels.<id>}, as far as it decides about tools.
 *
 * @param groups by group id as written, {@code *} included
 * @param accounts by account id as written
 */
public record ChannelConfig(String id, boolean enabled, Map<String, Group> groups, Map<String, Account> accounts) {
    /** An account; without groups of its own the channel's hold. */
    public record Account(Optional<Map<String, Group>> groups) {}

    /**
     * A group.
     *
     * @param bySender {@code toolsBySender}, by key as written
     */
    public record Group(Optional<ToolRules> tools, Map<String, ToolRules> bySender) {
        public Group {
            bySender = Map.copyOf(bySender);
        }
    }

    public ChannelConfig {
        groups = Map.copyOf(groups);
        accounts = Map.copyOf(accounts);
    }
}
