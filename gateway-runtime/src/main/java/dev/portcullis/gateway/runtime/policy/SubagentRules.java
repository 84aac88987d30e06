package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.ToolRules;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.InvocationContext.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What subagents never have, what leaves among them do not have either, and what the configuration says about all of them. */
final class SubagentRules {
    /** The place of a session in the tree of agents. */
    enum Role {
        MAIN,
        ORCHESTRATOR,
        LEAF
    }

    private static final String NAME = "subagent tools";
    private static final String INHERITED = "inherited tools";
    private static final String NOT_HERE = "a subagent may not have it; call in the session of the main agent";

    private static final List<String> NEVER = List.of(
            "gateway",
            "agents_list",
            "openclaw",
            "session_status",
            "progress_card",
            "automations",
            "message",
            "sessions_send",
            "conversations_list",
            "conversations_send",
            "conversations_turn");

    private static final List<String> NOT_FOR_LEAVES =
            List.of("subagents", "sessions_list", "sessions_history", "sessions_search", "sessions_spawn");

    private SubagentRules() {}

    static Role role(InvocationContext context, SessionKind kind, int maxSpawnDepth) {
        boolean spawned = switch (kind) {
            case SUBAGENT -> true;
            case ACP, DASHBOARD -> context.lineage().isPresent();
            case CRON, PLAIN -> false;
        };
        if (!spawned) {
            return Role.MAIN;
        }
        int depth = Math.max(1, context.lineage().map(Lineage::depth).orElse(context.subagentDepth()));
        return depth < maxSpawnDepth ? Role.ORCHESTRATOR : Role.LEAF;
    }

    static List<Step> steps(Role role, ToolRules global, Optional<ToolRules> agent) {
        if (role == Role.MAIN) {
            return List.of(new IdleStep(NAME, "not a session of a subagent"));
        }
        List<String> never = new ArrayList<>(NEVER);
        if (role == Role.LEAF) {
            never.addAll(NOT_FOR_LEAVES);
        }
        List<Step> steps = new ArrayList<>();
        steps.add(RuleStep.fixed(NAME + " (built in)", Rule.strict(Optional.empty(), never), NOT_HERE));
        steps.add(configured(global));
        agent.filter(rules -> Rule.of(rules).isPresent())
                .map(SubagentRules::configured)
                .ifPresent(steps::add);
        return steps;
    }

    private static Step configured(ToolRules rules) {
        if (Rule.of(rules).isEmpty()) {
            return new IdleStep(NAME, IdleStep.NOT_CONFIGURED);
        }
        List<String> allow = new ArrayList<>(rules.allow().orElse(List.of()));
        if (rules.allow().isPresent()) {
            allow.addAll(rules.alsoAllow().orElse(List.of()));
        }
        return RuleStep.configured(NAME, Rule.lenient(allow, rules.deny().orElse(List.of())), rules.path());
    }

    /** What the session that spawned this one passed on; an empty list of allowed tools passes on nothing. */
    static Step inherited(Optional<Lineage> lineage) {
        return lineage.filter(from -> from.allow().isPresent() || !from.deny().isEmpty())
                .<Step>map(from -> RuleStep.fixed(
                        INHERITED,
                        Rule.strict(from.allow(), from.deny()),
                        "spawn the session from one that has the tool"))
                .orElseGet(() -> new IdleStep(INHERITED, "nothing was passed on to the session"));
    }
}
