package dev.portcullis.gateway.runtime.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policies of plugins, asked for by context and remembered for as long as the answers say. A source that fails takes every
 * decision of the context with it.
 */
final class PolicySources {
    private static final long CONTEXTS = 10_000;
    private static final long ANSWERS = 1_000;

    /** All that a source may look at, and which source. */
    private record Key(
            int source,
            Principal principal,
            String surface,
            String sessionKey,
            String agentId,
            Optional<String> channel,
            Optional<String> accountId,
            Optional<String> groupId,
            int subagentDepth) {
        static Key of(int source, InvocationContext context) {
            return new Key(
                    source,
                    context.principal(),
                    context.surface(),
                    context.sessionKey(),
                    context.agentId(),
                    context.channel(),
                    context.accountId(),
                    context.groupId(),
                    context.subagentDepth());
        }
    }

    private record Kept(SourceSteps steps, long nanos) {}

    private record Content(String label, Optional<List<String>> allow, List<String> deny) {}

    private record Answer(int source, List<Content> policies) {}

    private final List<SourceCaller> callers;
    private final Cache<Key, Kept> kept;

    /** Compiled answers by what they say: contexts with the same policies share them. */
    private final Cache<Answer, SourceSteps> compiled =
            Caffeine.newBuilder().maximumSize(ANSWERS).build();

    PolicySources(List<NamedPolicySource> sources, Duration limit, Ticker ticker) {
        this.callers =
                sources.stream().map(source -> new SourceCaller(source, limit)).toList();
        this.kept = Caffeine.newBuilder()
                .maximumSize(CONTEXTS)
                .ticker(ticker)
                .expireAfter(Expiry.<Key, Kept>writing((key, value) -> Duration.ofNanos(value.nanos())))
                .build();
    }

    /** The steps of every source, in the order of the sources. */
    List<SourceSteps> ask(InvocationContext context) {
        if (callers.isEmpty()) {
            return List.of();
        }
        List<SourceSteps> steps = new ArrayList<>(callers.size());
        for (int source = 0; source < callers.size(); source++) {
            steps.add(ask(source, context));
        }
        return steps;
    }

    private SourceSteps ask(int source, InvocationContext context) {
        Key key = Key.of(source, context);
        Kept remembered = kept.getIfPresent(key);
        if (remembered != null) {
            return remembered.steps();
        }
        SourceCaller caller = callers.get(source);
        PolicyAnswer answer = caller.ask(context);
        long nanos = answer.validity().duration().map(PolicySources::nanos).orElse(Long.MAX_VALUE);
        if (nanos == 0) {
            return SourceSteps.of(caller.name(), answer.policies());
        }
        SourceSteps steps = compiled.get(
                content(source, answer.policies()), said -> SourceSteps.of(caller.name(), answer.policies()));
        kept.put(key, new Kept(steps, nanos));
        return steps;
    }

    private static Answer content(int source, List<ToolPolicy> policies) {
        return new Answer(
                source,
                policies.stream()
                        .map(policy -> new Content(policy.label(), policy.allow(), policy.deny()))
                        .toList());
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : duration.toNanos();
    }
}
