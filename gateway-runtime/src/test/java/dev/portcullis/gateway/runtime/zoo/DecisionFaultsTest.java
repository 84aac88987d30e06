package dev.portcullis.gateway.runtime.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policy sources and auth providers that break when they are asked: nothing is allowed, nobody is admitted, and it is said. */
@Timeout(300)
final class DecisionFaultsTest {
    private static final String BEHAVIOUR = "zoo.behaviour";

    /** What {@code BEHAVIOUR} says, in a plugin. */
    private static final String BEHAVE = """
            switch (System.getProperty("zoo.behaviour", "well")) {
                case "throws" -> throw new java.io.IOException("no answer for c4nary");
                case "error" -> throw new AssertionError("c4nary");
                case "throwable" -> Behaviour.<RuntimeException>sneak(new Throwable("c4nary"));
                case "recursion" -> Behaviour.recurse(1);
                case "memory" -> throw new OutOfMemoryError("c4nary");
                case "missing" -> Gone.x();
                case "null" -> { return null; }
                case "sleeps" -> Thread.sleep(1_000_000);
                case "blocks" -> { Object o = new Object(); while (System.getProperty("zoo.behaviour").equals("blocks")) {
                    synchronized (o) { try { o.wait(100); } catch (InterruptedException e) {} } } }
                case "spins" -> { while (System.getProperty("zoo.behaviour").equals("spins")) { Thread.onSpinWait(); } }
                default -> {}
            }
            """;

    private static final String HELPER = "class Behaviour { static int recurse(int i) { return recurse(i + 1) + 1; }"
            + " @SuppressWarnings(\"unchecked\") static <T extends Throwable> void sneak(Throwable t) throws T { throw (T) t;"
            + " } }";

    @TempDir
    Path home;

    private Zoo zoo;

    private static void behave(String how) {
        System.setProperty(BEHAVIOUR, how);
    }

    @BeforeEach
    @AfterEach
    void behaveWell() {
        System.clearProperty(BEHAVIOUR);
    }

    @Nested
    final class OfAPolicySource {
        @BeforeEach
        void open() throws Exception {
            zoo = Zoo.sheltered(
                    home,
                    "}, invoke: {policySourceTimeoutMs: 500}}",
                    tiny -> List.of(Sources.policy(
                                    tiny,
                                    "hours",
                                    "\"hours\"",
                                    "return context2 -> { " + BEHAVE + " return PolicyAnswer.noOpinion(); };")
                            .type("zoo.hours.Behaviour", HELPER)
                            .type("zoo.hours.Gone", "class Gone { static void x() {} }")
                            .without("zoo/hours/Gone.class")));
        }

        @AfterEach
        void close() throws Exception {
            behaveWell();
            zoo.close();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                throws    | failed with java.io.IOException
                error     | failed with java.lang.AssertionError
                throwable | failed with java.lang.Throwable
                recursion | failed with java.lang.StackOverflowError
                memory    | failed with java.lang.OutOfMemoryError
                missing   | failed with java.lang.NoClassDefFoundError
                null      | answered null, which its contract forbids
                sleeps    | gave no answer within 500 ms
                blocks    | gave no answer within 500 ms
                spins     | gave no answer within 500 ms
                """)
        void allowsNothingUntilItAnswers(String how, String said) throws Exception {
            assertEquals(200, zoo.call("good").statusCode());

            behave(how);
            HttpResponse<String> known = zoo.call("good");
            HttpResponse<String> unknown = zoo.call("nowhere");
            behaveWell();

            assertEquals(500, known.statusCode());
            assertEquals(500, unknown.statusCode());
            assertEquals(known.body(), unknown.body());
            assertFalse(
                    zoo.log
                            .with(
                                    "Nothing is allowed: The policy source of plugin hours " + said,
                                    "disable it with plugins.entries.hours.enabled = false")
                            .isEmpty(),
                    zoo.log::all);
            assertFalse(zoo.log.all().contains("c4nary"), "messages of foreign code may quote what was asked");
            zoo.await("it answers again", () -> zoo.call("good").statusCode() == 200);
        }

        @Test
        void missingClassIsExplained() {
            behave("missing");

            zoo.call("good");

            assertFalse(zoo.log
                    .with(
                            "The policy source hours does not link. It needs class zoo.hours.Gone, which is in none of the"
                                    + " plugin's jars",
                            "Put the jar that has it into the plugin's folder")
                    .isEmpty());
        }

        @Test
        void manyCallersOfOneThatSpinsAreAllAnsweredAndTheGatewayGoesOn() throws Exception {
            behave("spins");

            List<Integer> statuses = crowd(() -> zoo.call("good").statusCode());

            assertTrue(statuses.stream().allMatch(status -> status == 500), statuses::toString);
            assertEquals(200, zoo.status("/healthz"));
            assertEquals(500, zoo.call("good").statusCode());
            behaveWell();
            zoo.await("it answers again", () -> zoo.call("good").statusCode() == 200);
        }
    }

    @Nested
    final class OfAnAuthProvider {
        @BeforeEach
        void open() throws Exception {
            zoo = Zoo.sheltered(
                    home,
                    ", providers: ['keys']}, invoke: {authProviderTimeoutMs: 500}}",
                    tiny -> List.of(Sources.auth(
                                    tiny,
                                    "keys",
                                    "\"keys\"",
                                    "Kind.IDENTITY",
                                    "return request -> { " + BEHAVE
                                            + " return AuthResult.abstained(AuthFailure.missing(\"no_key\")); };")
                            .type("zoo.keys.Behaviour", HELPER)
                            .type("zoo.keys.Gone", "class Gone { static void x() {} }")
                            .without("zoo/keys/Gone.class")));
            zoo.visit("good");
        }

        @AfterEach
        void close() throws Exception {
            behaveWell();
            zoo.close();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                throws    | threw java.io.IOException at
                error     | threw java.lang.AssertionError at
                throwable | threw java.lang.Throwable at
                recursion | threw java.lang.StackOverflowError at
                memory    | threw java.lang.OutOfMemoryError at
                missing   | threw java.lang.NoClassDefFoundError at
                null      | returned null
                sleeps    | gave no answer within 500 ms (gateway.invoke.authProviderTimeoutMs)
                blocks    | gave no answer within 500 ms
                spins     | gave no answer within 500 ms
                """)
        void admitsNobodyAndKeepsNobodyElseOut(String how, String said) throws Exception {
            assertEquals(401, zoo.callWithout("good").statusCode());

            behave(how);
            HttpResponse<String> stranger = zoo.callWithout("good");
            HttpResponse<String> operator = zoo.call("good");
            behaveWell();

            assertEquals(500, stranger.statusCode(), stranger::body);
            assertEquals(200, operator.statusCode());
            assertFalse(
                    zoo.log
                            .with("auth provider \"keys\" " + said, "Nobody is admitted by it until it answers again.")
                            .isEmpty(),
                    zoo.log::all);
            assertFalse(zoo.log.all().contains("c4nary"), "messages of foreign code may quote a credential");
            zoo.assertOthersAreServed();
            zoo.await("it answers again", () -> zoo.callWithout("good").statusCode() == 401);
        }

        @Test
        void manyCallersOfOneThatSpinsDoNotStopTheOthers() throws Exception {
            behave("spins");

            List<Integer> statuses = crowd(() -> zoo.callWithout("good").statusCode());

            assertTrue(statuses.stream().allMatch(status -> status == 500), statuses::toString);
            assertEquals(500, zoo.callWithout("good").statusCode(), "nor asked again while all of these go on");
            zoo.assertOthersAreServed();
        }
    }

    private static List<Integer> crowd(Callable<Integer> call) throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            calls.add(call);
        }
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(24)) {
            for (Future<Integer> answer : callers.invokeAll(calls)) {
                statuses.add(answer.get());
            }
        }
        return statuses;
    }
}
