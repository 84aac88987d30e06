package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicySource;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.api.policy.Validity;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicySourcesTest {
    private static final ToolIndex INDEX =
            new ToolIndex(Map.of("theme", "acme", "tts", "acme", "exec", "acme"), Set.of());

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void policyOfAPluginNarrows() {
        PolicyEngine engine = engine(context -> PolicyAnswer.of(ToolPolicy.allowing("hours", List.of("theme"))));

        assertEquals(List.of("theme"), engine.reachable(Contexts.main()));
    }

    @Test
    void whatASourceLogsBelongsToTheInvocationThatAskedIt() {
        AtomicReference<Correlation> seen = new AtomicReference<>();
        PolicyEngine engine = engine(context -> {
            seen.set(Correlation.current());
            return PolicyAnswer.of(ToolPolicy.allowing("hours", List.of("theme")));
        });

        Correlation.enter(Correlation.of("ABC-1", List.of()));
        try {
            engine.decide("theme", Contexts.main());
        } finally {
            Correlation.enter(null);
        }

        assertEquals("ABC-1", seen.get().invocation());
    }

    @Test
    void labelOfAPluginIsPrefixedWithItsName() {
        PolicyEngine engine = engine(context -> PolicyAnswer.of(ToolPolicy.denying("hours", List.of("theme"))));

        Denied denied = assertInstanceOf(Denied.class, engine.decide("theme", Contexts.main()));

        assertEquals("plugins.clock:hours", denied.label());
    }

    @Test
    void emptyAllowListOfAPluginLetsNothingPass() {
        PolicyEngine engine = engine(context -> PolicyAnswer.of(ToolPolicy.allowing("closed", List.of())));

        assertEquals(List.of(), engine.reachable(Contexts.main()));
    }

    @Test
    void pluginCannotOpenTheHttpDenyList() {
        PolicyEngine engine = engine(context -> PolicyAnswer.of(ToolPolicy.allowing("open", List.of("*"))));

        assertInstanceOf(Denied.class, engine.decide("exec", Contexts.main()));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenSourceLeavesEveryNameUndecided(PolicySource source) {
        PolicyEngine engine = engine(source);

        for (String tool : List.of("theme", "exec", "no_such_tool")) {
            assertThrows(PolicyUnavailableException.class, () -> engine.decide(tool, Contexts.main()), tool);
        }
        assertThrows(PolicyUnavailableException.class, () -> engine.reachable(Contexts.main()));
        assertThrows(PolicyUnavailableException.class, () -> engine.explain("theme", Contexts.main()));
    }

    @SuppressWarnings("NullAway") // a plugin that breaks its contract
    static Stream<PolicySource> broken() {
        return Stream.of(
                context -> {
                    throw new IllegalStateException("secret detail");
                },
                context -> {
                    throw new NoClassDefFoundError("gone");
                },
                context -> null,
                context -> PolicyAnswer.of(List.of((ToolPolicy) null), Validity.thisCall()));
    }

    @Test
    void messageOfAFailedSourceTellsNothingThatThePluginSaid() {
        PolicyEngine engine = engine(context -> {
            throw new IllegalStateException("secret detail");
        });

        PolicyUnavailableException failure =
                assertThrows(PolicyUnavailableException.class, () -> engine.decide("theme", Contexts.main()));

        assertEquals("clock", failure.source());
        assertFalse(String.valueOf(failure.getMessage()).contains("secret"), failure.getMessage());
    }

    @Test
    void lateSourceIsInterruptedAndAllowsNothing() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        PolicyEngine engine = engine(Duration.ofMillis(50), context -> {
            try {
                new CountDownLatch(1).await();
                return PolicyAnswer.noOpinion();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });

        assertThrows(PolicyUnavailableException.class, () -> engine.decide("theme", Contexts.main()));

        assertTrue(interrupted.await(30, TimeUnit.SECONDS));
    }

    @Test
    void answerForThisCallIsAskedForEveryTime() {
        PolicyEngine engine = engine(counting(Validity.thisCall()));

        engine.decide("theme", Contexts.main());
        engine.decide("theme", Contexts.main());

        assertEquals(2, asked.get());
    }

    @Test
    void answerUntilReloadIsAskedForOncePerContext() {
        PolicyEngine engine = engine(counting(Validity.untilReload()));

        engine.decide("theme", Contexts.main());
        engine.decide("tts", Contexts.main());
        now.addAndGet(Duration.ofDays(400).toNanos());
        engine.decide("theme", Contexts.main());
        engine.decide("theme", Contexts.in("agent:other:main"));

        assertEquals(2, asked.get());
    }

    @Test
    void answerIsForgottenWhenItsTimeIsOver() {
        PolicyEngine engine = engine(counting(Validity.lasting(Duration.ofMinutes(1))));

        engine.decide("theme", Contexts.main());
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        engine.decide("theme", Contexts.main());
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        engine.decide("theme", Contexts.main());

        assertEquals(2, asked.get());
    }

    @Test
    void rememberedAnswerStillDecides() {
        PolicyEngine engine = engine(counting(Validity.untilReload()));

        engine.decide("theme", Contexts.main());

        assertInstanceOf(Denied.class, engine.decide("theme", Contexts.main()));
        assertInstanceOf(Allowed.class, engine.decide("tts", Contexts.main()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent:main:main", "agent:other:main", "agent:main:telegram:group:1"})
    void sourceSeesTheContext(String key) {
        PolicyEngine engine = engine(context -> PolicyAnswer.of(
                ToolPolicy.allowing("by session", context.sessionKey().equals(key) ? List.of("tts") : List.of())));

        assertEquals(List.of("tts"), engine.reachable(Contexts.in(key)));
    }

    private PolicySource counting(Validity validity) {
        return context -> {
            asked.incrementAndGet();
            return PolicyAnswer.of(List.of(ToolPolicy.denying("no theme", List.of("theme"))), validity);
        };
    }

    private PolicyEngine engine(PolicySource source) {
        return engine(Duration.ofSeconds(30), source);
    }

    private PolicyEngine engine(Duration limit, PolicySource source) {
        InvokeConfig invoke =
                new InvokeConfig(Duration.ofSeconds(60), Map.of(), 1, 1, limit, limit, InvokeConfig.Watchdog.DEFAULT);
        GatewayConfig config = Configs.of(Map.of(), invoke);
        return PolicyEngine.compile(config, INDEX, List.of(new NamedPolicySource("clock", source)), now::get);
    }
}
