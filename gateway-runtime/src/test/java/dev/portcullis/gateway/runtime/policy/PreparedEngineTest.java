package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.gateway.api.policy.PolicyAnswer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An engine that takes the place of another one. */
class PreparedEngineTest {
    private static final ToolIndex INDEX = new ToolIndex(Map.of("theme", "acme", "tts", "acme"), Set.of());

    @Test
    void whatItsPredecessorWasAskedIsWorkedOutBeforeItServes() {
        PolicyEngine earlier = engine("{}");
        earlier.decide("theme", Contexts.main());
        earlier.decide("tts", Contexts.main());

        assertEquals(1, engine("{}").prepareLike(earlier));
    }

    @Test
    void aPreparedEngineDecidesByItsOwnRules() {
        PolicyEngine earlier = engine("{tools:{allow:['theme']}}");
        assertInstanceOf(Allowed.class, earlier.decide("theme", Contexts.main()));
        PolicyEngine next = engine("{tools:{deny:['theme']}}");

        next.prepareLike(earlier);

        assertInstanceOf(Denied.class, next.decide("theme", Contexts.main()));
    }

    @Test
    void preparingAsksNoPolicySource() {
        PolicyEngine earlier = engine("{}");
        earlier.decide("theme", Contexts.main());
        AtomicInteger asked = new AtomicInteger();
        PolicyEngine next =
                PolicyEngine.compile(Configs.read("{}"), INDEX, List.of(new NamedPolicySource("clock", context -> {
                    asked.incrementAndGet();
                    return PolicyAnswer.of();
                })));

        next.prepareLike(earlier);

        assertEquals(0, asked.get());
    }

    private static PolicyEngine engine(String config) {
        return PolicyEngine.compile(Configs.read(config), INDEX, List.of());
    }
}
