package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.AgentsConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.ToolRules;
import dev.portcullis.gateway.runtime.policy.SubagentRules.Role;
import dev.portcullis.gateway.runtime.policy.SurfaceSteps.Transport;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.InvocationContext.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The order of the steps: which hold for a context, before plugins' policies and the HTTP deny list. */
final class StepPlan {
    private static final String NO_PROVIDER = "inert: no model provider is known to a caller over HTTP";
    private static final String NO_SENDER = "inert: no sender is known to a caller over HTTP";

    /**
     * All that the configured steps depend on. Few values, whatever the callers send: contexts that share a shape share its
     * compiled steps.
     *
     * @param agent as configured; empty for an agent that is not
     */
    record Shape(
            Optional<String> agent,
            Transport transport,
            SessionKind kind,
            Step group,
            boolean sandboxed,
            Role role,
            Optional<Lineage> lineage,
            boolean owner) {
        /** In plain: the ones that a record has by itself are spun at every start. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Shape that
                    && agent.equals(that.agent)
                    && transport == that.transport
                    && kind == that.kind
                    && group.equals(that.group)
                    && sandboxed == that.sandboxed
                    && role == that.role
                    && lineage.equals(that.lineage)
                    && owner == that.owner;
        }

        @Override
        public int hashCode() {
            int hash = agent.hashCode();
            hash = 31 * hash + transport.hashCode();
            hash = 31 * hash + kind.hashCode();
            hash = 31 * hash + group.hashCode();
            hash = 31 * hash + role.hashCode();
            hash = 31 * hash + lineage.hashCode();
            return 4 * hash + (sandboxed ? 2 : 0) + (owner ? 1 : 0);
        }
    }

    private final GatewayConfig config;
    private final GroupRules groups;
    private final HttpDenyList denyList;

    StepPlan(GatewayConfig config) {
        this.config = config;
        this.groups = new GroupRules(config.channels());
        this.denyList = new HttpDenyList(config.httpTools());
    }

    Shape shapeOf(InvocationContext context) {
        AgentsConfig agents = config.agents();
        Optional<AgentsConfig.Agent> agent = agent(context.agentId());
        SessionKind kind = SessionKind.of(context);
        return new Shape(
                agent.map(AgentsConfig.Agent::id),
                Transport.of(context.channelHint()),
                kind,
                groups.find(context),
                SandboxRules.sandboxed(context, agents, agent),
                SubagentRules.role(context, kind, agents.maxSpawnDepth()),
                context.lineage(),
                context.principal().owner());
    }

    /** The steps up to the plugins' policies, in order. */
    List<Step> before(Shape shape) {
        Optional<AgentsConfig.Agent> agent = shape.agent().flatMap(this::agent);
        ToolRules global = config.tools().rules();
        List<Step> steps = new ArrayList<>();
        steps.add(SurfaceSteps.transport(shape.transport()));
        steps.add(SurfaceSteps.session(shape.kind()));
        steps.add(ProfileStep.of(global, agent.map(AgentsConfig.Agent::tools)));
        steps.add(new IdleStep("tools.byProvider.profile", NO_PROVIDER));
        steps.add(configured("tools", Optional.of(global)));
        steps.add(new IdleStep("tools.byProvider", NO_PROVIDER));
        steps.add(configured("agent tools", agent.map(AgentsConfig.Agent::tools)));
        steps.add(new IdleStep("agent tools.byProvider", NO_PROVIDER));
        steps.add(shape.group());
        steps.add(new IdleStep("tools.toolsBySender", NO_SENDER));
        steps.add(
                shape.sandboxed()
                        ? SandboxRules.step(config.tools().sandbox(), agent.map(AgentsConfig.Agent::sandbox))
                        : SandboxRules.NOT_SANDBOXED);
        steps.addAll(SubagentRules.steps(
                shape.role(), config.tools().subagents(), agent.map(AgentsConfig.Agent::subagents)));
        steps.add(SubagentRules.inherited(shape.lineage()));
        return steps;
    }

    Optional<String> refusal(String tool, Object action, InvocationContext context) {
        return LimitedActions.refusal(
                tool, action, config.tools().rules(), agent(context.agentId()).map(AgentsConfig.Agent::tools));
    }

    /** The step after everything else. */
    Step last(Shape shape) {
        return denyList.appliedTo(shape.owner());
    }

    private Optional<AgentsConfig.Agent> agent(String id) {
        return Optional.ofNullable(config.agents().entries().get(id));
    }

    private static Step configured(String name, Optional<ToolRules> rules) {
        return rules.flatMap(scope -> Rule.of(scope).<Step>map(rule -> RuleStep.configured(name, rule, scope.path())))
                .orElseGet(() -> new IdleStep(name, IdleStep.NOT_CONFIGURED));
    }
}
