package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets how much of the memory for messages. */
class MessageBudgetTest {
    private static final int MIB = 1024 * 1024;

    /** 8 MiB for strangers, 16 for small ones, 40 for large ones, of which one caller may have 25. */
    private final MessageBudget budget = new MessageBudget(64 * MIB, 25 * MIB);

    @Test
    void oneCallerCannotHaveAll() {
        assertTrue(budget.ofCaller("a").grow(20 * MIB));

        assertFalse(budget.ofCaller("a").grow(6 * MIB));

        assertTrue(budget.ofCaller("b").grow(6 * MIB));
    }

    @Test
    void allTogetherCannotHaveMore() {
        assertTrue(budget.ofCaller("a").grow(20 * MIB));
        assertTrue(budget.ofCaller("b").grow(20 * MIB));

        assertFalse(budget.ofCaller("c").grow(2 * MIB));
        assertFalse(budget.ofBody().grow(2 * MIB));
    }

    @Test
    void smallMessagesGoOnWhenLargeOnesHaveTakenAll() {
        budget.ofCaller("a").grow(20 * MIB);
        budget.ofCaller("b").grow(20 * MIB);

        assertTrue(budget.ofCaller("a").grow(1_000));
        assertTrue(budget.ofBody().grow(MessageBudget.SMALL));
    }

    @Test
    void strangersTakeNothingOfCallers() {
        for (int i = 0; i < 1_000; i++) {
            budget.ofStranger("s" + i).grow(MessageBudget.SMALL);
        }

        assertFalse(budget.ofStranger("another").grow(MessageBudget.SMALL));
        assertTrue(budget.ofCaller("a").grow(MessageBudget.SMALL));
        assertTrue(budget.ofCaller("b").grow(25 * MIB));
    }

    @Test
    void whatAStrangerConnectsWithGoesOnWhateverOthersBegin() {
        for (int i = 0; i < 1_000; i++) {
            budget.ofStranger("s" + i).grow(MessageBudget.SMALL);
        }

        MessageBudget.Share connect = budget.ofStranger("another");

        assertTrue(connect.grow(1_000));
        assertTrue(connect.grow(1_000));
        assertFalse(connect.grow(MessageBudget.SMALL));
    }

    @Test
    void largestMessageHasAChanceInTheSmallestBudget() {
        assertTrue(new MessageBudget(MIB, 25 * MIB).ofCaller("a").grow(25 * MIB));
    }

    @Test
    void whatWasTakenIsGivenBackOnce() {
        MessageBudget.Share share = budget.ofCaller("a");
        share.grow(20 * MIB);

        share.close();
        share.close();

        assertEquals(0, budget.taken());
        assertTrue(budget.ofCaller("a").grow(25 * MIB));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsLostWhateverHappens(long seed) {
        Random random = new Random(seed);
        List<MessageBudget.Share> open = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        List<Boolean> strangers = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    String owner = "o" + random.nextInt(3);
                    int kind = random.nextInt(3);
                    strangers.add(kind == 0);
                    open.add(
                            switch (kind) {
                                case 0 -> budget.ofStranger(owner);
                                case 1 -> budget.ofCaller(owner);
                                default -> budget.ofBody();
                            });
                    sizes.add(0L);
                }
                case 1, 2 -> {
                    if (!open.isEmpty()) {
                        int at = random.nextInt(open.size());
                        long more = random.nextInt(random.nextBoolean() ? 1_000 : 3 * MIB);
                        if (open.get(at).grow(more)) {
                            sizes.set(at, sizes.get(at) + more);
                        }
                    }
                }
                default -> {
                    if (!open.isEmpty()) {
                        int at = random.nextInt(open.size());
                        open.remove(at).close();
                        sizes.remove(at);
                        strangers.remove(at);
                    }
                }
            }
            long counted = 0;
            for (int i = 0; i < open.size(); i++) {
                counted += strangers.get(i) && sizes.get(i) <= MessageBudget.UNCOUNTED ? 0 : sizes.get(i);
            }
            assertEquals(counted, budget.taken());
            assertTrue(budget.taken() <= 64L * MIB);
        }
    }
}
