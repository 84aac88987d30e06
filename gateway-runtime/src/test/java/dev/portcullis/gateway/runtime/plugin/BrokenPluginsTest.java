package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the zoo of broken plugins does not show: small bounds, many spellings of one fault, several faults at once. */
final class BrokenPluginsTest extends InPluginHouse {
    private static final String PROVIDES = "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.bad.Tools;";

    private String problem = "";

    @BeforeEach
    void aGoodPluginBesideTheBadOne() {
        tiny.tool("acme.good", "good", "good").jar(house.at("good.jar"));
    }

    @AfterEach
    void restore() throws IOException {
        Path bad = house.at("bad.jar");
        if (Files.exists(bad)) {
            Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private void load() throws Exception {
        try (PluginSet set = house.load()) {
            assertEquals(List.of("good"), PluginHouse.toolNames(set), () -> "problems: " + set.problems());
            assertEquals("good of good", PluginHouse.answer(set, "good"));
            assertFalse(set.problems().isEmpty(), "no problem was reported");
            assertFalse(set.problems().getFirst().fatal());
            problem = set.problems().getFirst().text();
            assertTrue(problem.startsWith("Plugin bad"), problem);
            assertTrue(problem.contains(house.at("bad").toString()), problem);
        }
    }

    private void says(String... parts) {
        for (String part : parts) {
            assertTrue(problem.contains(part), () -> "Expected \"" + part + "\" in: " + problem);
        }
    }

    /** A plugin whose class {@code Tools} has this body. */
    private TinyPlugins.Source withTools(String body) {
        return tiny.source().module("acme.bad", PROVIDES).type("acme.bad.Tools", """
                        import dev.portcullis.gateway.api.plugin.*;
                        import dev.portcullis.gateway.api.tool.*;
                        import java.util.*;
                        """ + body);
    }

    private static String tools(String name, String tools) {
        return "public class Tools implements ToolProvider { public String name() { " + name
                + " } public List<Tool> tools(PluginContext context) throws Exception { " + tools + " } "
                + "Tool tool(String name) { return Tool.of(ToolDescriptor.named(name).build(), c -> ToolResult.none()); }}";
    }

    @Test
    @Timeout(60)
    void pipeWithTheNameOfAJarIsNotWaitedFor() throws Exception {
        Process made = new ProcessBuilder("mkfifo", house.at("bad.jar").toString()).start();
        Assumptions.assumeTrue(made.waitFor() == 0, "there are no pipes with names here");

        load();

        says("bad.jar cannot be read", "neither a file nor a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad.jar", "bad", "acme.bad", "worse"})
    void pluginInQuarantineHasEveryNameThatItsFilesTell(String name) throws Exception {
        withTools(tools("return \"worse\";", "throw new IllegalStateException();"))
                .jar(house.at("bad.jar"));

        try (PluginSet set = house.load()) {
            assertTrue(set.problems().getFirst().isNamed(name));
            assertFalse(set.problems().getFirst().isNamed("good"));
        }
    }

    @Test
    void linkToNowhereIsCalledOne() throws Exception {
        Files.createSymbolicLink(house.at("bad.jar"), Path.of("/nowhere/weather.jar"));

        load();

        says("bad.jar is a link to /nowhere/weather.jar, and nothing is there. Correct the link, or remove it.");
    }

    @Test
    void zipBombBySize() throws Exception {
        house.limits = new JarLimits(1 << 20, 2 << 20, 50);
        tiny.tool("acme.bad", "bad", "bad").entry("zeros", "0".repeat(3 << 20)).jar(house.at("bad.jar"));

        load();

        says("unpacks to more than 2 MiB", "no honest plugin looks like this");
    }

    @Test
    void hugeFile() throws Exception {
        house.limits = new JarLimits(100_000, 1 << 20, 50);
        Files.write(house.at("bad.jar"), new byte[100_001]);

        load();

        says("larger than 100000 bytes");
    }

    @Test
    void entryThatPointsOutside() throws Exception {
        for (String name : List.of("../../evil.class", "/etc/evil", "a\\..\\evil", "C:/evil", "a/../../evil")) {
            tiny.tool("acme.bad", "bad", "bad").entry(name, "x").jar(house.at("bad.jar"));

            load();

            says("its entry \"" + name + "\" points outside of the jar", "do not trust it");
        }
    }

    @Test
    void missingJdkModule() {
        Refusal refusal = PluginDiagnosis.explain(
                "Opening it",
                new java.lang.module.FindException("Module java.sql.rowset not found, required by acme.bad"));

        assertTrue(refusal.why().contains("which this JDK has, but the gateway was started without"), refusal::why);
        assertEquals("Add --add-modules java.sql.rowset to conf/jvm.options.", refusal.remedy());
    }

    @Test
    void invalidName() throws Exception {
        for (String name : List.of("Bad", "", "1bad", "bad_name", "b".repeat(65))) {
            withTools(tools("return \"" + name + "\";", "return List.of();")).jar(house.at("bad.jar"));

            load();

            says("calls itself \"" + name + "\", which is not a valid name", "lower-case letters, digits and '-'");
        }
    }

    @Test
    void everyProblemOfAPluginIsReportedAtOnce() throws Exception {
        Path jar = tiny.tool("acme.bad", "bad", "bad")
                .changing("acme/bad/Tools.class", bytes -> {
                    bytes[7] = (byte) 200;
                    return bytes;
                })
                .jar(house.at("bad.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));

        try (PluginSet set = house.load()) {
            assertEquals(2, set.problems().size());
        }
    }
}
