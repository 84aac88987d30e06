package dev.portcullis.gateway.runtime.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.policy.StepPlan.Shape;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one decision, for listing, explaining and invoking alike. Part of a snapshot: compiled from a configuration, the tools
 * there are and the policy sources that were loaded, and never changed. Safe for concurrent use.
 *
 * <p>Every method that decides throws {@link PolicyUnavailableException} if a policy source does, for whatever tool.
 */
public final class PolicyEngine {
    /** Names of tools have 64 characters at most. */
    private static final int LONGEST_NAME = 512;

    private static final long SHAPES = 1_000;

    private final StepPlan plan;
    private final ToolIndex index;

    /** Tools of the index, by exact name. */
    private final Map<String, Candidate> tools;

    /** Folder plugins by normalised tool name: no spelling of a name escapes a rule about its plugin. */
    private final Map<String, String> pluginByName;

    private final PolicySources sources;
    private final GatewayConfig config;

    private final Cache<Shape, EffectivePolicy> byShape =
            Caffeine.newBuilder().maximumSize(SHAPES).build();

    private PolicyEngine(GatewayConfig config, ToolIndex index, List<NamedPolicySource> sources, Ticker ticker) {
        this.config = config;
        this.plan = new StepPlan(config);
        this.index = index;
        Map<String, String> plugins = new HashMap<>();
        index.pluginByTool().forEach((tool, plugin) -> {
            if (!index.builtInProviders().contains(plugin)) {
                plugins.put(ToolNames.normalise(tool), plugin.toLowerCase(Locale.ROOT));
            }
        });
        this.pluginByName = Map.copyOf(plugins);
        Map<String, Candidate> candidates = new HashMap<>();
        index.pluginByTool().keySet().forEach(tool -> candidates.put(tool, candidate(tool)));
        this.tools = Map.copyOf(candidates);
        this.sources = new PolicySources(sources, config.invoke().policySourceTimeout(), ticker);
    }

    /** Compiles a snapshot's policy. Asks no policy source yet. */
    public static PolicyEngine compile(GatewayConfig config, ToolIndex index, List<NamedPolicySource> sources) {
        return compile(config, index, sources, Ticker.systemTicker());
    }

    static PolicyEngine compile(GatewayConfig config, ToolIndex index, List<NamedPolicySource> sources, Ticker ticker) {
        return new PolicyEngine(config, index, List.copyOf(sources), ticker);
    }

    /**
     * Whether a tool may be reached. What may is looked up. For every other name all steps are asked, each time: whether a tool
     * of that name exists shows neither in what is done nor in what is kept, at the first question or at any later one.
     *
     * @param tool the {@link ToolNames#requested requested} name, which need not be any tool's
     */
    public Decision decide(String tool, InvocationContext context) {
        EffectivePolicy policy = effective(context);
        List<SourceSteps> answers = sources.ask(context);
        Allowed allowed = policy.allowed(tool);
        boolean passed = SourceSteps.passed(tool, answers);
        return allowed != null && passed ? allowed : judge(tool, policy, answers, allowed != null);
    }

    private Decision judge(String tool, EffectivePolicy policy, List<SourceSteps> answers, boolean passesOtherwise) {
        Verdict removal = policy.firstRemoval(candidate(tool), answers);
        if (removal != null) {
            return EffectivePolicy.denied(tool, removal);
        }
        if (passesOtherwise) {
            SourceSteps.pass(tool, answers);
        }
        return new Allowed(tool);
    }

    /** Every step in order, what it says, and what would have to change. For operators: callers learn nothing of it. */
    public Explanation explain(String tool, InvocationContext context) {
        EffectivePolicy policy = effective(context);
        List<Step> steps = new ArrayList<>(policy.before());
        sources.ask(context).forEach(answer -> steps.addAll(answer.steps()));
        steps.add(policy.last());

        Candidate candidate = candidate(tool);
        List<Explanation.Line> lines = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        Decision decision = null;
        for (Step step : steps) {
            Verdict verdict = step.judge(candidate);
            lines.add(new Explanation.Line(
                    step.name(),
                    verdict.label(),
                    verdict.opinion(),
                    Optional.ofNullable(verdict.entry()),
                    verdict.text()));
            if (verdict.removes()) {
                changes.add(verdict.label() + ": " + verdict.change());
                decision = decision == null ? EffectivePolicy.denied(tool, verdict) : decision;
            }
        }
        return new Explanation(
                tool,
                Optional.ofNullable(index.pluginByTool().get(tool)),
                decision == null ? new Allowed(tool) : decision,
                lines,
                changes);
    }

    /** Why one action of a tool that may be reached is out of reach nevertheless; empty if it is not. */
    public Optional<String> refusal(String tool, Object action, InvocationContext context) {
        return plan.refusal(tool, action, context);
    }

    /** The tools of the index that may be reached, sorted. */
    public List<String> reachable(InvocationContext context) {
        EffectivePolicy policy = effective(context);
        List<SourceSteps> answers = sources.ask(context);
        if (answers.isEmpty()) {
            return policy.passing();
        }
        return policy.passing().stream()
                .filter(tool ->
                        SourceSteps.passed(tool, answers) || judge(tool, policy, answers, true) instanceof Allowed)
                .toList();
    }

    /** What in the rules cannot mean what it says: for the log at start, and for whoever checks a configuration. */
    public List<String> warnings() {
        return new PolicyWarnings(config, tools.values()).all();
    }

    /**
     * Works out now what an earlier engine was asked for, so that no request waits for it. Decides nothing, and asks no source.
     *
     * @return for how many kinds of requests
     */
    public int prepareLike(PolicyEngine earlier) {
        Set<Shape> shapes = earlier.byShape.asMap().keySet();
        shapes.forEach(this::effective);
        return byShape.asMap().size();
    }

    private EffectivePolicy effective(InvocationContext context) {
        return effective(plan.shapeOf(context));
    }

    private EffectivePolicy effective(Shape shape) {
        return byShape.get(shape, one -> new EffectivePolicy(plan.before(one), plan.last(one), tools));
    }

    private Candidate candidate(String tool) {
        // no tool has such a name: what it matches must not cost more the longer it is
        String known = tool.length() <= LONGEST_NAME ? tool : tool.substring(0, LONGEST_NAME);
        return Candidate.of(known, pluginByName.get(ToolNames.normalise(known)));
    }
}
