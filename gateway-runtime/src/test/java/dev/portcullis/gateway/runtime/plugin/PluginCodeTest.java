package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.PluginTrust.Capabilities;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin's code reaches for: stated or not; and that it cannot end the gateway by habit. */
final class PluginCodeTest extends InPluginHouse {
    private static final String SERVICE = "META-INF/services/dev.portcullis.gateway.api.tool.ToolProvider";

    /** A plugin whose tool does something before it answers. */
    private TinyPlugins.Source doing(String statements) {
        return tiny.tool("acme.tools", "acme", "acme")
                .type(
                        "acme.tools.Tools",
                        TinyPlugins.toolProvider("acme", "acme", "work()")
                                .replaceFirst(
                                        "(?s)implements ToolProvider \\{",
                                        java.util.regex.Matcher.quoteReplacement(
                                                "implements ToolProvider { static String work() throws Exception { "
                                                        + statements + " return \"survived\"; }")));
    }

    private void enforce() {
        house.trust = new PluginTrust(PluginTrust.Verify.OFF, Capabilities.ENFORCE, List.of(), Duration.ofSeconds(30));
    }

    private List<String> warnings() throws Exception {
        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            return PluginHouse.plugin(set, "acme.jar").identity().warnings();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            network    | java.net.InetAddress.getLoopbackAddress();
            network    | new java.net.Socket().close();
            files      | java.nio.file.Files.exists(java.nio.file.Path.of("x"));
            files      | new java.io.File("x").exists();
            process    | new ProcessBuilder("true");
            process    | if (false) { System.exit(1); } Runtime.getRuntime().exec(new String[0]);
            native     | System.loadLibrary("x");
            threads    | new Thread(() -> {});
            threads    | java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor();
            reflection | Class.forName("java.lang.String");
            """)
    void undeclaredUseIsNamedWithAnExample(String word, String statements) throws Exception {
        doing(statements).jar(house.at("acme.jar"));

        List<String> warnings = warnings();

        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(
                warnings.getFirst().contains("code uses: " + word + " (acme.tools.Tools uses java."),
                warnings::toString);
    }

    @Test
    void codeThatOnlyComputesHasNothingToState() throws Exception {
        doing("Runnable r = () -> System.out.println(List.of(1).stream().map(x -> x + 1).toList()); r.run();")
                .jar(house.at("acme.jar"));

        assertEquals(List.of(), warnings());
    }

    @Test
    void statedUseIsFine() throws Exception {
        enforce();
        doing("new Thread(() -> {}); new java.io.File(\"x\").exists();")
                .entry(CapabilityStatement.ENTRY, "{\"threads\": true, \"files\": \"reads its word list\"}")
                .jar(house.at("acme.jar"));

        assertEquals(List.of(), warnings());
    }

    @Test
    void undeclaredUseIsRefusedWhenEnforced() throws Exception {
        enforce();
        doing("new Thread(() -> {}); new java.io.File(\"x\").exists();")
                .entry(CapabilityStatement.ENTRY, "{\"threads\": true, \"files\": false}")
                .jar(house.at("acme.jar"));

        String problem = house.problem();

        assertTrue(
                problem.contains("leaves out what its code uses: files (acme.tools.Tools uses java.io.File."), problem);
        assertFalse(problem.contains("threads ("), problem);
        assertTrue(problem.contains("State it in META-INF/portcullis/capabilities.json"), problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"netwrok": true} | states "netwrok", which is none of network, files
            [1]               | is no JSON object
            {"files": 1}      | neither true, false nor a text
            {"files": true    | is no JSON object
            """)
    void statementThatMeansNothingIsRefusedWhenEnforced(String statement, String said) throws Exception {
        enforce();
        doing("").entry(CapabilityStatement.ENTRY, statement).jar(house.at("acme.jar"));

        String problem = house.problem();

        assertTrue(problem.contains(said), problem);
    }

    @Test
    void requiredModuleAloneIsNoUse() throws Exception {
        doing("")
                .module(
                        "acme.tools",
                        "requires java.net.http;",
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.tools.Tools;")
                .jar(house.at("acme.jar"));

        assertEquals(List.of(), warnings());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(3);",
                "Runtime.getRuntime().exit(3);",
                "Runtime.getRuntime().halt(3);",
                "for (Object o : List.of(1, \"a\")) { Object p = o instanceof String ? new StringBuilder() : o; "
                        + "if (p instanceof StringBuilder) { System.exit(p.hashCode()); } }",
                "java.util.function.IntConsumer exit = System::exit; exit.accept(3);",
                "java.util.function.IntConsumer exit = Runtime.getRuntime()::halt; exit.accept(3);",
                "try { System.exit(3); } finally { System.gc(); }"
            })
    void endingTheGatewayThrowsInstead(String statements) throws Exception {
        doing(statements).jar(house.at("acme.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            Tool tool = PluginHouse.tool(set, "acme").tool();
            SecurityException stopped = assertThrows(SecurityException.class, () -> tool.invoke(null));
            assertTrue(stopped.getMessage().contains("must not end the gateway"));
        }
    }

    @Test
    void exitIsGuardedOnAClassPathToo() throws Exception {
        tiny.source()
                .type("acme.Tools", TinyPlugins.toolProvider("acme", "acme", "Quit.now()"))
                .type("acme.Quit", "interface Quit { static String now() { System.exit(4); return \"\"; } }")
                .entry(SERVICE, "acme.Tools")
                .jar(house.at("acme.jar"));

        try (PluginSet set = house.load()) {
            Tool tool = PluginHouse.tool(set, "acme").tool();
            assertThrows(SecurityException.class, () -> tool.invoke(null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "if (tries < 0) { System.exit(3); }"})
    void jarsThatAManifestNamesAreNotLoaded(String more) throws Exception {
        Path hidden = tiny.source()
                .type("hidden.Code", "public class Code { public static String run() { return \"unexamined\"; } }")
                .jar(Files.createDirectories(home.resolve("elsewhere")).resolve("hidden.jar"));
        tiny.source()
                .type("acme.Tools", TinyPlugins.toolProvider("acme", "acme", "Run.now()"))
                .type("acme.Run", """
                        class Run {
                            static int tries;
                            static String now() throws Exception {
                                %s
                                try {
                                    return (String) Class.forName("hidden.Code").getMethod("run").invoke(null);
                                } catch (ClassNotFoundException absent) {
                                    return "absent";
                                }
                            }
                        }
                        """.formatted(more))
                .entry(SERVICE, "acme.Tools")
                .attribute("Class-Path", hidden.toUri().toString())
                .jar(house.at("acme.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals("absent", PluginHouse.answer(set, "acme"));
        }
    }

    @Test
    void digestStaysThatOfTheFile() throws Exception {
        doing("System.exit(3);").jar(house.at("acme.jar"));
        String digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(house.at("acme.jar"))));

        try (PluginSet set = house.load()) {
            assertEquals(
                    digest,
                    PluginHouse.plugin(set, "acme.jar").identity().sha256().orElseThrow());
        }
    }

    @Test
    void exitInAStaticInitialiserIsExplained() throws Exception {
        doing("")
                .type(
                        "acme.tools.Tools",
                        TinyPlugins.toolProvider("acme", "acme", "\"\"")
                                .replaceFirst(
                                        "(?s)implements ToolProvider \\{",
                                        "implements ToolProvider { static { System.exit(5); }"))
                .jar(house.at("acme.jar"));

        String problem = house.problem();

        assertTrue(problem.contains("a static initialiser threw SecurityException: A plugin must not end"), problem);
    }

    private static UnaryOperator<byte[]> renaming(String name, String other) {
        return bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
                .replace(name, other)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void memberThatTheApiDoesNotHaveIsFoundBeforeAClassIsLoaded() throws Exception {
        doing("")
                .changing("acme/tools/Tools.class", renaming("description", "descriptiom"))
                .jar(house.at("acme.jar"));

        String problem = house.problem();

        assertTrue(
                problem.contains("Its code needs what the API of this gateway (1.0"
                        + PluginEnvironment.runningApiVersion().substring(3)
                        + ") does not have: acme.tools.Tools uses"
                        + " dev.portcullis.gateway.api.tool.ToolDescriptor$Builder.descriptiom(String)."),
                problem);
        assertTrue(problem.contains("update the gateway, or get the release of the plugin"), problem);
    }

    @Test
    void typeThatTheApiDoesNotHaveIsFoundBeforeAClassIsLoaded() throws Exception {
        doing("")
                .changing("acme/tools/Tools.class", renaming("api/tool/ToolInvocation", "api/tool/ToolInvocatiom"))
                .changing("acme/tools/Tools.class", renaming("api/tool/ToolResult", "api/tool/ToolResulk"))
                .jar(house.at("acme.jar"));

        String problem = house.problem();

        assertTrue(problem.contains("acme.tools.Tools uses dev.portcullis.gateway.api.tool.ToolResulk"), problem);
    }

    @Test
    void methodThatTheApiAsksForAndAClassLeavesOutIsFoundBeforeAClassIsLoaded() throws Exception {
        doing("")
                .changing("acme/tools/Tools.class", TinyPlugins.lacking("tools"))
                .jar(house.at("acme.jar"));

        String problem = house.problem();

        assertTrue(
                problem.contains("Its code leaves out what the API of this gateway (1.0"
                        + PluginEnvironment.runningApiVersion().substring(3)
                        + ") asks for: acme.tools.Tools does not implement"
                        + " dev.portcullis.gateway.api.tool.ToolProvider.tools(PluginContext)."),
                problem);
        assertTrue(problem.contains("update the gateway, or get the release of the plugin"), problem);
    }

    @Test
    void whatASuperclassOrAnInterfaceOfThePluginImplementsIsNotLeftOut() throws Exception {
        doing("")
                .type("acme.tools.Named", """
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.tool.*;
                        import java.util.List;
                        public interface Named extends ToolProvider {
                            default String name() { return "other"; }
                        }
                        """)
                .type("acme.tools.Base", """
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.tool.*;
                        import java.util.List;
                        abstract class Base {
                            public List<Tool> tools(PluginContext context) { return List.of(); }
                        }
                        """)
                .type(
                        "acme.tools.Whole",
                        "public class Whole extends Base implements Named, Comparable<Whole> {"
                                + " public int compareTo(Whole other) { return 0; } }")
                .jar(house.at("acme.jar"));

        assertEquals(List.of(), warnings());
    }

    @Test
    void versionOfAClassForALaterJavaIsNotHeldAgainstThePlugin() throws Exception {
        Path other = doing("")
                .changing("acme/tools/Tools.class", renaming("description", "descriptiom"))
                .jar(home.resolve("other.jar"));
        doing("")
                .entryOf(other, "acme/tools/Tools.class", "META-INF/versions/99/acme/tools/Tools.class")
                .jar(house.at("acme.jar"));

        assertEquals(List.of(), warnings());
    }
}
