package dev.portcullis.gateway.runtime.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plugins that load and then break when they are called: the caller learns nothing, the log everything, the others are served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class CallFaultsTest {
    private static final String SECRET = "c4nary-7f3a";
    private static final String BLAND =
            "{\"ok\":false,\"error\":{\"type\":\"tool_error\",\"message\":\"tool execution failed\"}}";

    @TempDir
    static Path home;

    private Zoo zoo;

    /** @param cause what the log says, and {@code advice} what it says to do */
    private record Fault(String tool, String cause, String advice, Specimen.Build build) {
        @Override
        public String toString() {
            return tool;
        }
    }

    /** With a helper that does what the statements say when it is called. */
    private static Fault does(String tool, String statements, String cause, String advice) {
        return new Fault(
                tool,
                cause,
                advice,
                (tiny, at) -> Sources.tool(tiny, tool, statements).jar(at));
    }

    static Stream<Fault> faults() {
        String author = "This is a fault of the plugin: tell its author";
        String outside = "If what follows does not name something outside that failed, it is a fault of the plugin";
        return Stream.of(
                new Fault(
                        "missingclass",
                        "It needs class zoo.missingclass.Gone, which is in none of the plugin's jars",
                        "Put the jar that has it into the plugin's folder",
                        (tiny, at) -> Sources.tool(tiny, "missingclass", "Gone.x(); return ToolResult.none();")
                                .type("zoo.missingclass.Gone", "public class Gone { public static void x() {} }")
                                .without("zoo/missingclass/Gone.class")
                                .jar(at)),
                new Fault(
                        "hiddenlib",
                        "It needs class picocli.CommandLine, which is in none of the plugin's jars. The gateway has it, in"
                                + " its private module info.picocli, and that is not there for plugins",
                        "Ship your own copy of the library",
                        (tiny, at) -> tiny.source()
                                .type(
                                        "zoo.hiddenlib.Tools",
                                        TinyPlugins.toolProvider(
                                                "hiddenlib",
                                                "hiddenlib",
                                                "\"\" + new picocli.CommandLine(new Object())"))
                                .entry(Sources.SERVICE, "zoo.hiddenlib.Tools")
                                .with(TinyPlugins.onModulePath("picocli-"))
                                .jar(at)),
                new Fault(
                        "missingmethod",
                        "It needs a method that is not there: 'void zoo.missingmethod.Library.newer()'",
                        "ship the right one in the plugin's folder",
                        (tiny, at) -> {
                            Path older = tiny.source()
                                    .type("zoo.missingmethod.Library", "public class Library {}")
                                    .jar(at.resolveSibling("older-library.jar"));
                            Sources.tool(tiny, "missingmethod", "Library.newer(); return ToolResult.none();")
                                    .type(
                                            "zoo.missingmethod.Library",
                                            "public class Library { public static void newer() {} }")
                                    .replacing(older, "zoo/missingmethod/Library.class")
                                    .jar(at);
                        }),
                new Fault(
                        "initialiser",
                        "It failed because a static initialiser threw ArithmeticException: / by zero",
                        author,
                        (tiny, at) -> Sources.tool(tiny, "initialiser", "return ToolResult.text(\"\" + Helper.X);")
                                .type(
                                        "zoo.initialiser.Helper",
                                        "class Helper { static final int X = 1 / Integer.parseInt(\"0\"); }")
                                .jar(at)),
                does(
                        "outage",
                        "throw new java.io.IOException(\"no answer\");",
                        "java.io.IOException: no answer",
                        outside),
                does("recursion", "return work(call);", "It recursed without end (StackOverflowError)", author),
                does("memory", "throw new OutOfMemoryError(\"pretended\");", "It ran out of memory: pretended", author),
                does(
                        "allocates",
                        "return ToolResult.text(\"\" + new long[Integer.MAX_VALUE][0]);",
                        "It ran out of memory: ",
                        author),
                new Fault(
                        "sneaky",
                        "java.lang.Throwable: neither exception nor error",
                        outside,
                        (tiny, at) -> Sources.tool(
                                        tiny,
                                        "sneaky",
                                        "throw Tools.<RuntimeException>sneak(new Throwable(\"neither exception nor error\"));",
                                        "@SuppressWarnings(\"unchecked\") static <T extends Throwable> T"
                                                + " sneak(Throwable t) throws T { throw (T) t; }")
                                .jar(at)),
                does(
                        "unprintable",
                        "throw new RuntimeException() { public String getMessage() { throw new Error(\"again\"); } };",
                        "which cannot be printed",
                        outside),
                does("nothing", "return null;", "returned null, which Tool.invoke must not", "tell its author"),
                does(
                        "enormous",
                        "return ToolResult.text(\"x\".repeat(1_000_001));",
                        "is larger than gateway.invoke.maxResultBytes (1000000)",
                        "Raise the limit, or ask the tool for less"),
                does(
                        "doubled",
                        "List<Object> list = List.of(\"leaf\"); for (int i = 0; i < 40; i++) { list = List.of(list, list); }"
                                + " return ToolResult.of(list);",
                        "is larger than gateway.invoke.maxResultBytes (1000000)",
                        "Raise the limit, or ask the tool for less"),
                does(
                        "endless",
                        "return ToolResult.of(Collections.nCopies(Integer.MAX_VALUE, \"x\"));",
                        "It is made of more than 10000000 values: too large",
                        outside),
                does(
                        "unending",
                        "return ToolResult.of(new java.util.AbstractList<Object>() {"
                                + " public Object get(int i) { return \"x\" + i; }"
                                + " public int size() { return Integer.MAX_VALUE; } });",
                        "MiB of memory: too large, or without an end",
                        outside),
                does(
                        "digits",
                        "return ToolResult.of(java.math.BigInteger.ONE.shiftLeft(10_000_000));",
                        "is larger than gateway.invoke.maxResultBytes (1000000)",
                        "Raise the limit, or ask the tool for less"),
                does(
                        "cycle",
                        "List<Object> list = new ArrayList<>(); list.add(list); return ToolResult.of(list);",
                        "(or contains itself)",
                        outside),
                does(
                        "foreign",
                        "return ToolResult.of(Map.of(\"at\", java.time.Instant.now()));",
                        "A value of type java.time.Instant at $.at is not plain: use String",
                        outside),
                does(
                        "exit",
                        "System.exit(3); return null;",
                        "It wanted to end the process: A plugin must not end the gateway",
                        "A plugin returns or throws, and never ends the gateway: tell its author"),
                does(
                        "halt",
                        "try { Runtime.getRuntime().halt(3); } catch (SecurityException e) { throw new"
                                + " IllegalStateException(\"wrapped\", e); } return null;",
                        "It wanted to end the process: A plugin must not end the gateway",
                        "A plugin returns or throws, and never ends the gateway: tell its author"));
    }

    private static final List<Specimen> MORE = List.of(
            Specimen.of(
                    "loader",
                    "",
                    "",
                    (tiny, at) -> Sources.tool(
                                    tiny,
                                    "loader",
                                    "ClassLoader mine = Thread.currentThread().getContextClassLoader();"
                                            + " Thread.currentThread().setContextClassLoader(null);"
                                            + " Thread.currentThread().interrupt();"
                                            + " return ToolResult.text(\"\" + (mine == Tools.class.getClassLoader()));")
                            .jar(at)),
            Specimen.of(
                    "sleeper",
                    "",
                    "",
                    (tiny, at) -> Sources.tool(tiny, "sleeper", "Thread.sleep(1_000_000); return ToolResult.none();")
                            .jar(at)),
            Specimen.of(
                    "deadlock",
                    "",
                    "",
                    (tiny, at) -> Sources.tool(
                                    tiny,
                                    "deadlock",
                                    "Object a = new Object(), b = new Object(); var both = new"
                                            + " java.util.concurrent.CyclicBarrier(2); Thread.ofPlatform().daemon().start(() ->"
                                            + " take(b, a, both)); take(a, b, both); return ToolResult.none();",
                                    "static void take(Object one, Object other, java.util.concurrent.CyclicBarrier both) {"
                                            + " synchronized (one) { try { both.await(); } catch (Exception e) {} synchronized"
                                            + " (other) {} } }")
                            .jar(at)),
            Specimen.of(
                    "spinner",
                    "",
                    "",
                    (tiny, at) -> Sources.tool(
                                    tiny,
                                    "spinner",
                                    "while (!Boolean.getBoolean(\"zoo.stop\")) { Thread.onSpinWait(); } return"
                                            + " ToolResult.none();")
                            .jar(at)),
            Specimen.of(
                    "chatty",
                    "",
                    "",
                    (tiny, at) -> Sources.tool(
                                    tiny,
                                    "chatty",
                                    "throw new IllegalStateException(\"cannot serve \" + call.arguments().asMap());")
                            .jar(at)));

    @BeforeAll
    void bringThemAll() throws Exception {
        zoo = Zoo.open(
                home,
                ", invoke: {maxResultBytes: 1000000, timeouts: {sleeper: 300, deadlock: 300, spinner: 300}, watchdog: {graceMs:"
                        + " 300}}}");
        List<Path> made = new ArrayList<>();
        for (Fault fault : faults().toList()) {
            Path at = zoo.workshop.resolve(fault.tool() + ".jar");
            fault.build().make(zoo.tiny, at);
            made.add(at);
        }
        for (Specimen specimen : MORE) {
            Path at = zoo.workshop.resolve(specimen.file() + ".jar");
            specimen.build().make(zoo.tiny, at);
            made.add(at);
        }
        zoo.bring(made);
        zoo.await("all serve", () -> zoo.named("loaded").size() >= made.size() + 1);
        assertEquals(List.of(), List.copyOf(zoo.named("quarantined")));
    }

    @AfterEach
    void letSpinnersEnd() {
        System.setProperty("zoo.stop", "true");
    }

    @AfterAll
    void leave() throws Exception {
        zoo.close();
        System.clearProperty("zoo.stop");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isContainedAndExplained(Fault fault) {
        HttpResponse<String> answer = zoo.call(fault.tool(), "{\"word\":\"" + SECRET + "\"}");

        assertEquals(500, answer.statusCode());
        assertEquals(BLAND, answer.body());
        String text = said(fault);
        assertTrue(text.startsWith("SEVERE Invocation "), text);
        assertTrue(text.contains(fault.cause()), text);
        assertTrue(text.contains(fault.advice()), text);
        assertFalse(text.contains(SECRET));
        zoo.assertOthersAreServed();
    }

    /** About its first call: a class that failed to initialise says less at the next. */
    private String said(Fault fault) {
        return zoo.log
                .with("tool " + fault.tool() + " of provider " + fault.tool() + " ")
                .getFirst();
    }

    @Test
    void documentSaysWhatTheLogSays() {
        Map<String, String> texts = new TreeMap<>();
        faults().forEach(fault -> {
            zoo.call(fault.tool());
            texts.put(fault.tool(), said(fault));
        });

        assertEquals(List.of(), FaultTables.differences(FaultTables.of("the log says", "## Calls"), texts));
    }

    @Test
    void contextClassLoaderAndInterruptOfACallAreGoneAtTheNext() {
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = zoo.call("loader");

            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().contains("\"text\":\"true\""), answer.body());
        }
        zoo.assertOthersAreServed();
    }

    @Test
    void sleeperIsInterruptedAtItsDeadline() {
        assertEquals(504, zoo.call("sleeper").statusCode());
        assertEquals(504, zoo.call("sleeper").statusCode(), "it ended, so it is not refused");

        assertFalse(zoo.log
                .with(
                        "tool sleeper of provider sleeper did not end within 300 ms",
                        "gateway.invoke.timeouts.sleeper gives it more time")
                .isEmpty());
        zoo.assertOthersAreServed();
    }

    @Test
    void deadlockIsReportedWithItsPlaceAndRefused() throws Exception {
        assertEquals(504, zoo.call("deadlock").statusCode());

        assertEquals(503, zoo.call("deadlock").statusCode());
        assertFalse(zoo.log
                .with(
                        "Tool deadlock of provider deadlock ran away",
                        "Tools.take(",
                        "A tool must end when it is interrupted")
                .isEmpty());
        assertRunaway("deadlock");
        zoo.assertOthersAreServed();
    }

    @Test
    void endlessLoopsOfManyCallersAreRefusedAndReported() throws Exception {
        System.clearProperty("zoo.stop");
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(6)) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                calls.add(() -> zoo.call("spinner").statusCode());
            }
            for (Future<Integer> call : callers.invokeAll(calls)) {
                statuses.add(call.get());
            }
        }

        assertTrue(statuses.stream().allMatch(status -> status == 504 || status == 503), statuses::toString);
        assertEquals(503, zoo.call("spinner").statusCode());
        assertRunaway("spinner");
        zoo.assertOthersAreServed();
        System.setProperty("zoo.stop", "true");
        zoo.await("it is served again", () -> zoo.call("spinner").statusCode() == 200);
    }

    private void assertRunaway(String tool) {
        List<String> runaways = new ArrayList<>();
        zoo.plugins().forEach(plugin -> {
            if (plugin.get("name").asString().equals(tool + ".jar")) {
                plugin.get("runawayTools").forEach(name -> runaways.add(name.asString()));
            }
        });
        assertEquals(List.of(tool), runaways);
    }

    @Test
    void argumentsThatAnExceptionQuotesDoNotReachTheLog() {
        assertEquals(500, zoo.call("chatty", "{\"word\":\"" + SECRET + "\"}").statusCode());

        String said = zoo.log.with("tool chatty of provider chatty failed").getFirst();
        assertTrue(said.contains("cannot serve"), said);
        assertFalse(zoo.log.all().contains(SECRET));
    }
}
