package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.ChannelConfig;
import dev.portcullis.gateway.runtime.config.ChannelConfig.Account;
import dev.portcullis.gateway.runtime.config.ChannelConfig.Group;
import dev.portcullis.gateway.runtime.config.ToolRules;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of the group that a session key names; a channel header alone never selects one. Compiled once. */
final class GroupRules {
    private static final String NAME = "group tools";
    private static final String ANY = "*";

    /** Channels whose group ids differ by case alone; session keys keep the case for these and for no others. */
    private static final Set<String> CASE_SENSITIVE = Set.of("signal", "matrix");

    static final Step NO_GROUP = new IdleStep(NAME, "the session key names no group");
    static final Step NO_RULE = new IdleStep(NAME, IdleStep.NOT_CONFIGURED);

    /** The steps of one map of groups: by id as written, by id in lower case, and for all other groups. */
    private record Groups(Map<String, Optional<Step>> exact, Map<String, Optional<Step>> lower, Optional<Step> any) {
        Step find(String id, boolean caseSensitive) {
            for (String candidate : candidates(id)) {
                Optional<Step> found = exact.get(candidate);
                if (found == null && !caseSensitive) {
                    found = lower.get(candidate.toLowerCase(Locale.ROOT));
                }
                if (found != null) {
                    return found.or(this::any).orElse(NO_RULE);
                }
            }
            return any.orElse(NO_RULE);
        }
    }

    private record Channel(Groups groups, Map<String, Groups> byAccount) {}

    private final Map<String, Channel> channels = new HashMap<>();

    GroupRules(Map<String, ChannelConfig> configured) {
        configured.forEach((id, channel) -> channels.put(id.toLowerCase(Locale.ROOT), compile(channel)));
    }

    Step find(InvocationContext context) {
        InvocationContext.@Nullable Group group = context.group().orElse(null);
        if (group == null) {
            return NO_GROUP;
        }
        String channelId = group.channel().toLowerCase(Locale.ROOT);
        Channel channel = channels.get(channelId);
        if (channel == null) {
            return NO_RULE;
        }
        String account = accountName(context.accountId().orElse(""));
        return channel.byAccount()
                .getOrDefault(account, channel.groups())
                .find(group.id(), CASE_SENSITIVE.contains(channelId));
    }

    /** The group itself, then the groups it is part of: without sender, without topic. */
    static List<String> candidates(String id) {
        int thread = id.lastIndexOf(":thread:");
        String whole = thread < 0 ? id : id.substring(0, thread);
        List<String> candidates = new ArrayList<>(List.of(whole));
        int sender = whole.lastIndexOf(":sender:");
        String place = sender < 0 ? whole : whole.substring(0, sender);
        if (sender >= 0) {
            candidates.add(place);
        }
        int topic = place.lastIndexOf(":topic:");
        if (topic >= 0) {
            candidates.add(place.substring(0, topic));
        }
        return candidates;
    }

    private static Channel compile(ChannelConfig channel) {
        Map<String, Groups> byAccount = new HashMap<>();
        boolean several = channel.accounts().size() > 1;
        channel.accounts().forEach((id, account) -> {
            // One account that lists no groups means the channel's; with several, an empty list is a statement.
            if (ownGroups(account, several)) {
                byAccount.put(accountName(id), compile(account.groups().orElseThrow()));
            }
        });
        return new Channel(compile(channel.groups()), byAccount);
    }

    private static boolean ownGroups(Account account, boolean several) {
        return account.groups().isPresent()
                && (several || !account.groups().get().isEmpty());
    }

    private static Groups compile(Map<String, Group> groups) {
        Map<String, Optional<Step>> exact = new HashMap<>();
        Map<String, Optional<Step>> lower = new HashMap<>();
        groups.forEach((id, group) -> {
            if (!id.equals(ANY)) {
                Optional<Step> step = step(group);
                exact.put(id, step);
                lower.putIfAbsent(id.toLowerCase(Locale.ROOT), step);
            }
        });
        return new Groups(exact, lower, Optional.ofNullable(groups.get(ANY)).flatMap(GroupRules::step));
    }

    /** No sender is known, so of the rules by sender only those for anybody can hold; they come before the group's own. */
    private static Optional<Step> step(Group group) {
        return Optional.ofNullable(group.bySender().get(ANY))
                .flatMap(GroupRules::step)
                .or(() -> group.tools().flatMap(GroupRules::step));
    }

    private static Optional<Step> step(ToolRules rules) {
        return Rule.of(rules).map(rule -> RuleStep.configured(NAME, rule, rules.path()));
    }

    /** Account ids are compared as session keys write them. */
    private static String accountName(String id) {
        String name = id.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-");
        name = name.replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "default" : name;
    }
}
