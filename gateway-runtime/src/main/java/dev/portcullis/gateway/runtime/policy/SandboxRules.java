package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.ToolRules;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a sandboxed session has: little, unless configured. */
final class SandboxRules {
    private static final String NAME = "sandbox tools";
    private static final String BUILT_IN = "tools.sandbox.tools (built in)";

    private static final List<String> DEFAULT_ALLOW = List.of(
            "exec",
            "process",
            "read",
            "ls",
            "write",
            "edit",
            "apply_patch",
            "view_image",
            "sessions_list",
            "sessions_history",
            "sessions_search",
            "sessions_send",
            "sessions_spawn",
            "sessions_yield",
            "subagents",
            "session_status");

    /** Among these the channels, whose tools carry their names. */
    private static final List<String> DEFAULT_DENY = Stream.concat(
                    Stream.of("browser", "canvas", "computer", "mobile_ui", "nodes", "automations", "gateway"),
                    Stream.of(
                            "a2a",
                            "buzz",
                            "clickclack",
                            "discord",
                            "feishu",
                            "googlechat",
                            "imessage",
                            "irc",
                            "line",
                            "matrix",
                            "mattermost",
                            "msteams",
                            "nextcloud-talk",
                            "nostr",
                            "qa-channel",
                            "raft",
                            "reef",
                            "signal",
                            "slack",
                            "sms",
                            "synology-chat",
                            "telegram",
                            "tlon",
                            "twitch",
                            "whatsapp",
                            "zalo",
                            "zalouser"))
            .toList();

    static final Step NOT_SANDBOXED = new IdleStep(NAME, "the session is not sandboxed");

    private SandboxRules() {}

    static boolean sandboxed(InvocationContext context, AgentsConfig agents, Optional<AgentsConfig.Agent> agent) {
        if (context.lineage().filter(InvocationContext.Lineage::sandboxRequired).isPresent()) {
            return true;
        }
        return switch (agent.flatMap(AgentsConfig.Agent::sandboxMode).orElse(agents.sandboxMode())) {
            case OFF -> false;
            case NON_MAIN -> !context.mainSession();
            case ALL -> true;
        };
    }

    static Step step(ToolRules global, Optional<ToolRules> agent) {
        Optional<ToolRules> allowFrom =
                first(agent, global, rules -> rules.allow().isPresent());
        Optional<ToolRules> alsoFrom =
                first(agent, global, rules -> rules.alsoAllow().isPresent());
        Optional<ToolRules> denyFrom =
                first(agent, global, rules -> rules.deny().isPresent());
        List<String> explicit =
                new ArrayList<>(allowFrom.flatMap(ToolRules::allow).orElse(List.of()));
        explicit.addAll(alsoFrom.flatMap(ToolRules::alsoAllow).orElse(List.of()));

        List<String> deny = denyFrom.flatMap(ToolRules::deny).orElseGet(() -> defaultDeny(explicit));
        boolean everything =
                allowFrom.flatMap(ToolRules::allow).filter(List::isEmpty).isPresent();
        List<String> allow = new ArrayList<>();
        if (!everything) {
            allow.addAll(allowFrom.isPresent() ? List.of() : DEFAULT_ALLOW);
            allow.addAll(explicit);
            // Looking at a picture that the sandbox holds; a deny entry still wins.
            allow.add("view_image");
        }
        return new RuleStep(
                NAME,
                Rule.lenient(allow, deny),
                allowFrom
                        .or(() -> alsoFrom)
                        .map(rules -> rules.path() + ".allow")
                        .orElse(BUILT_IN),
                denyFrom.map(rules -> rules.path() + ".deny").orElse(BUILT_IN),
                denyFrom.isPresent()
                        ? null
                        : "name it in " + agent.orElse(global).path() + ".alsoAllow");
    }

    /** What somebody allowed by name is no longer denied by default; {@code *} names nothing. */
    private static List<String> defaultDeny(List<String> explicit) {
        Entries named = Entries.of(
                explicit.stream().filter(entry -> !entry.strip().equals("*")).toList());
        return DEFAULT_DENY.stream()
                .filter(name -> named.match(Candidate.of(name, null)) == null)
                .toList();
    }

    private static Optional<ToolRules> first(Optional<ToolRules> agent, ToolRules global, Predicate<ToolRules> says) {
        return agent.filter(says).or(() -> Optional.of(global).filter(says));
    }
}
