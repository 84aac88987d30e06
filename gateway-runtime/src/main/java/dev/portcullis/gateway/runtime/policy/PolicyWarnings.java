package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.ChannelConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.Glob;
import dev.portcullis.gateway.runtime.config.Nearest;
import dev.portcullis.gateway.runtime.config.ToolRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rules that cannot mean what they say: typing errors, entries that never match, and blocks that do nothing over HTTP. */
final class PolicyWarnings {
    private final GatewayConfig config;
    private final Collection<Candidate> tools;

    /** Names of tools that somebody provides. */
    private final Set<String> provided = new HashSet<>();

    /** All that an entry may say: tools, groups, plugins. */
    private final Set<String> known = new TreeSet<>();

    private final List<String> found = new ArrayList<>();

    PolicyWarnings(GatewayConfig config, Collection<Candidate> tools) {
        this.config = config;
        this.tools = tools;
        known.addAll(CoreTool.names());
        known.addAll(CoreTool.groups().keySet());
        known.add("group:plugins");
        for (Candidate tool : tools) {
            provided.add(tool.name());
            known.add(tool.name());
            if (tool.plugin() != null) {
                known.add(tool.plugin());
            }
        }
    }

    List<String> all() {
        scope(config.tools().rules(), config.tools().bySender(), "tools.toolsBySender");
        scope(config.tools().subagents());
        scope(config.tools().sandbox());
        for (AgentsConfig.Agent agent : config.agents().entries().values()) {
            scope(agent.tools(), agent.bySender(), agent.tools().path() + ".toolsBySender");
            scope(agent.subagents());
            scope(agent.sandbox());
        }
        new TreeMap<>(config.channels()).values().forEach(this::channel);
        httpTools();
        return List.copyOf(new LinkedHashSet<>(found));
    }

    private void channel(ChannelConfig channel) {
        groups(channel.groups());
        new TreeMap<>(channel.accounts())
                .values()
                .forEach(account -> groups(account.groups().orElse(Map.of())));
    }

    private void groups(Map<String, ChannelConfig.Group> groups) {
        for (ChannelConfig.Group group : new TreeMap<>(groups).values()) {
            group.tools().ifPresent(this::scope);
            group.bySender().values().forEach(this::scope);
            new TreeMap<>(group.bySender())
                    .entrySet().stream()
                            .filter(entry -> !entry.getKey().equals("*"))
                            .findFirst()
                            .ifPresent(entry -> found.add(entry.getValue().path()
                                    + ": rules for single senders do nothing over HTTP, where no sender is known; only"
                                    + " \"*\" can match there. Use \"*\", or an own session key for such callers."));
        }
    }

    private void scope(ToolRules rules, Map<String, ToolRules> bySender, String bySenderPath) {
        scope(rules);
        if (!bySender.isEmpty()) {
            found.add(bySenderPath + " does nothing over HTTP, where no sender is known. Put what shall hold for every"
                    + " caller into " + rules.path() + ".allow or .deny.");
        }
    }

    private void scope(ToolRules rules) {
        List<String> deny = rules.deny().orElse(List.of());
        entries(rules.path() + ".deny", deny);
        allowed(rules.path() + ".allow", rules.allow().orElse(List.of()), deny);
        allowed(rules.path() + ".alsoAllow", rules.alsoAllow().orElse(List.of()), deny);
        if (!rules.byProvider().isEmpty()) {
            found.add(rules.path() + ".byProvider does nothing over HTTP, where no model provider is known. Put what"
                    + " shall hold for every caller into " + rules.path() + ".allow or .deny.");
        }
    }

    private void allowed(String path, List<String> allow, List<String> deny) {
        entries(path, allow);
        List<String> absent = allow.stream()
                .map(ToolNames::normalise)
                .flatMap(entry -> ToolNames.meantBy(entry).stream().limit(1))
                .filter(entry -> CoreTool.named(entry).isPresent() && !provided.contains(entry))
                .distinct()
                .toList();
        if (!absent.isEmpty()) {
            found.add(path + " names tools that nothing loaded here provides: " + String.join(", ", absent)
                    + ". They stay unavailable until a plugin provides them.");
        }
        Entries denied = Entries.of(deny);
        for (String entry : allow) {
            String name = ToolNames.normalise(entry);
            boolean plain = name.indexOf('*') < 0 && !name.startsWith("group:") && !name.isEmpty();
            String by = plain ? denied.match(Candidate.of(name, null)) : null;
            if (by != null) {
                found.add(path + ": \"" + entry + "\" can never match, because the same scope denies it with \"" + by
                        + "\", and deny wins. Remove one of the two.");
            }
        }
    }

    private void entries(String path, List<String> entries) {
        for (String entry : entries) {
            String name = ToolNames.normalise(entry);
            if (name.isEmpty() || known.contains(name) || ToolNames.understood(name)) {
                continue;
            }
            if (name.indexOf('*') >= 0) {
                pattern(path, entry, new Glob(name));
            } else {
                found.add(path + ": \"" + entry
                        + "\" is no tool, group or plugin that is known here, so it matches nothing."
                        + suggestion(name, known, "Known groups: " + groupNames() + "."));
            }
        }
    }

    private void pattern(String path, String entry, Glob glob) {
        boolean matches = CoreTool.names().stream().anyMatch(glob::matches)
                || tools.stream().map(Candidate::name).anyMatch(glob::matches);
        if (!matches) {
            found.add(path + ": the pattern \"" + entry + "\" matches no tool that is known here."
                    + suggestion(
                            glob.toString(),
                            families(),
                            "Patterns are tried on names of tools; groups and plugins are named in full."));
        }
    }

    private void httpTools() {
        Set<String> closable = new TreeSet<>(HttpDenyList.shipped().keySet());
        Entries denied = Entries.of(config.httpTools().deny());
        for (String entry : config.httpTools().allow()) {
            String name = ToolNames.normalise(entry);
            if (name.isEmpty()) {
                continue;
            }
            if (name.indexOf('*') >= 0 || name.startsWith("group:")) {
                found.add("gateway.tools.allow: \"" + entry
                        + "\" matches nothing, because only exact tool names count in this list. Name the tools one by"
                        + " one.");
                continue;
            }
            String denies = denied.match(Candidate.of(name, null));
            if (!closable.contains(name)) {
                found.add("gateway.tools.allow: \"" + entry
                        + "\" is not on the HTTP deny list, so there is nothing to take"
                        + " off it. This list allows nothing by itself; tools.allow does."
                        + suggestion(name, closable, ""));
            } else if (denies != null) {
                found.add("gateway.tools.allow: \"" + entry + "\" has no effect, because gateway.tools.deny has \""
                        + denies + "\", and deny wins. Remove one of the two.");
            }
        }
        known.addAll(closable);
        entries("gateway.tools.deny", config.httpTools().deny());
    }

    /** Patterns that would match: the beginnings of names, up to a separator. */
    private Set<String> families() {
        Set<String> families = new TreeSet<>();
        Stream.concat(CoreTool.names().stream(), provided.stream()).forEach(name -> {
            for (int at = name.indexOf('_'); at > 0; at = name.indexOf('_', at + 1)) {
                families.add(name.substring(0, at + 1) + "*");
            }
        });
        return families;
    }

    private static String suggestion(String name, Collection<String> among, String otherwise) {
        String question = Nearest.question(name, among);
        String hint = question.isEmpty() ? otherwise : question;
        return hint.isEmpty() ? "" : " " + hint;
    }

    private static String groupNames() {
        Set<String> names = new TreeSet<>(CoreTool.groups().keySet());
        names.add("group:plugins");
        return String.join(", ", names);
    }
}
