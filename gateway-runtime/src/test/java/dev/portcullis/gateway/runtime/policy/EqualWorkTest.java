package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that is not reached costs the same, whether a tool of that name exists, which step hides it and how often it was asked. */
class EqualWorkTest {
    private static final ToolIndex INDEX =
            new ToolIndex(Map.of("lights_on_one", "acme", "doors_open_one", "acme", "theme", "acme"), Set.of());
    private static final String CONFIG = "{tools:{allow:['theme','doors_*','absent_*'],deny:['doors_*']},"
            + "agents:{entries:{main:{tools:{allow:['theme','doors_*','absent_*']}}}}}";

    /** Of one length: what a name costs by being long it costs everybody. */
    private static final String HIDDEN = "lights_on_one";

    private static final String UNKNOWN = "bricks_on_two";
    private static final String DENIED_LATER = "hidden_by_src";

    @ParameterizedTest
    @ValueSource(strings = {HIDDEN, UNKNOWN, "doors_open_one", "absent_by_all", "theme"})
    void everyStepIsAskedWhateverTheFirstOnesSay(String tool) {
        AtomicInteger asked = new AtomicInteger();
        List<Step> steps =
                new StepPlan(Configs.read(CONFIG)).before(new StepPlan(Configs.read(CONFIG)).shapeOf(Contexts.main()));

        EffectivePolicy.firstRemoval(null, Candidate.of(tool, null), counted(steps, asked), true);

        assertEquals(steps.size(), asked.get());
    }

    @Test
    void denialOfAToolIsWorkedOutAnewAtEveryQuestion() {
        PolicyEngine engine = PolicyEngine.compile(Configs.read(CONFIG), INDEX, List.of());

        assertNotSame(engine.decide(HIDDEN, Contexts.main()), engine.decide(HIDDEN, Contexts.main()));
        assertNotSame(engine.decide(UNKNOWN, Contexts.main()), engine.decide(UNKNOWN, Contexts.main()));
        assertNotSame(engine.decide("absent_by_all", Contexts.main()), engine.decide("absent_by_all", Contexts.main()));
        assertSame(engine.decide("theme", Contexts.main()), engine.decide("theme", Contexts.main()));
    }

    @Test
    void firstAndLaterQuestionsAboutHiddenAndUnknownNamesAllocateAlike() {
        PolicyEngine engine = PolicyEngine.compile(Configs.read(CONFIG), INDEX, List.of());

        assertAlike(() -> HIDDEN, () -> UNKNOWN, engine);
        Random random = new Random(7);
        assertAlike(() -> HIDDEN, () -> random(random), engine);
    }

    @Test
    void toolThatAPolicySourceHidesAllocatesAsAnUnknownNameDoes() {
        NamedPolicySource source = new NamedPolicySource(
                "clock", context -> PolicyAnswer.of(ToolPolicy.denying("hours", List.of(DENIED_LATER, UNKNOWN))));
        PolicyEngine engine = PolicyEngine.compile(
                Configs.read("{}"), new ToolIndex(Map.of(DENIED_LATER, "acme"), Set.of()), List.of(source));

        assertInstanceOf(Denied.class, engine.decide(DENIED_LATER, Contexts.main()));
        assertAlike(() -> DENIED_LATER, () -> UNKNOWN, engine);
    }

    @Test
    void noNameThatACallerMadeUpIsKept() throws InterruptedException {
        PolicyEngine engine = PolicyEngine.compile(Configs.read(CONFIG), INDEX, List.of());
        List<WeakReference<String>> names = new ArrayList<>();
        Random random = new Random(11);
        for (int i = 0; i < 100_000; i++) {
            String name = random(random);
            names.add(new WeakReference<>(name));
            engine.decide(name, Contexts.main());
        }

        long end = System.nanoTime() + 20_000_000_000L;
        while (names.stream().anyMatch(name -> name.get() != null) && System.nanoTime() < end) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(0, names.stream().filter(name -> name.get() != null).count());
        assertInstanceOf(Allowed.class, engine.decide("theme", Contexts.main()));
    }

    /** Interleaved, so that what is compiled meanwhile is compiled for both. */
    private static void assertAlike(Supplier<String> one, Supplier<String> other, PolicyEngine engine) {
        ask(one.get(), engine);
        ask(other.get(), engine);
        long first = 0;
        long second = 0;
        for (int i = 0; i < 3_000; i++) {
            first += ask(one.get(), engine);
            second += ask(other.get(), engine);
        }
        double ratio = (double) first / second;
        assertTrue(ratio > 0.8 && ratio < 1.25, first + " bytes against " + second);
    }

    /** Bytes that one decision took. */
    private static long ask(String tool, PolicyEngine engine) {
        var context = Contexts.main();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        engine.decide(tool, context);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static String random(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < HIDDEN.length(); i++) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    private static Iterable<Step> counted(List<Step> steps, AtomicInteger asked) {
        return () -> {
            Iterator<Step> all = steps.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public Step next() {
                    asked.incrementAndGet();
                    return all.next();
                }
            };
        };
    }
}
