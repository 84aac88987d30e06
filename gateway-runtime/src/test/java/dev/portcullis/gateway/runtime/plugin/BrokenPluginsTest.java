package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleRequireInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tool plugins that cannot load: each is named and explained, and the one beside it serves. */
final class BrokenPluginsTest {
    private static final String PROVIDES = "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.bad.Tools;";
    private static final String SERVICE = "META-INF/services/dev.portcullis.gateway.api.tool.ToolProvider";

    @TempDir
    Path home;

    private PluginHouse house;
    private TinyPlugins tiny;
    private String problem = "";

    @BeforeEach
    void aGoodPluginBesideTheBadOne() throws IOException {
        house = new PluginHouse(home);
        tiny = house.tiny;
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
    void truncatedJar() throws Exception {
        Path jar = tiny.tool("acme.bad", "bad", "bad").jar(house.at("bad.jar"));
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));

        load();

        says("bad.jar: it cannot be read as a jar", "was not copied completely", "copy it again");
    }

    @Test
    void emptyFile() throws Exception {
        Files.createFile(house.at("bad.jar"));

        load();

        says("bad.jar: it cannot be read as a jar");
    }

    @Test
    void notAZip() throws Exception {
        Files.writeString(house.at("bad.jar"), "I am a text\n".repeat(100));

        load();

        says("bad.jar: it cannot be read as a jar");
    }

    @Test
    void damagedEntry() throws Exception {
        Path jar = tiny.tool("acme.bad", "bad", "bad")
                .entry("data.txt", "x".repeat(10) + "MARK".repeat(50))
                .jar(house.at("bad.jar"));
        byte[] bytes = Files.readAllBytes(jar);
        // the last local header before the central directory is data.txt's: damage its compressed bytes
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("data.txt") + 12;
        bytes[at] ^= 0x55;
        Files.write(jar, bytes);

        load();

        says("bad.jar: it cannot be read as a jar");
    }

    @Test
    void zipBombByEntries() throws Exception {
        house.limits = new JarLimits(1 << 20, 1 << 20, 50);
        TinyPlugins.Source many = tiny.tool("acme.bad", "bad", "bad");
        for (int i = 0; i < 60; i++) {
            many.entry("e" + i, "");
        }
        many.jar(house.at("bad.jar"));

        load();

        says("more than 50", "no honest plugin looks like this");
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
    void fileThatEverybodyMayWrite() throws Exception {
        Path jar = tiny.tool("acme.bad", "bad", "bad").jar(house.at("bad.jar"));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));

        load();

        says("bad.jar can be written by every user", "rw-rw-rw-", "chmod o-w '" + jar + "'");
    }

    @Test
    void fileOfAnotherUser() throws Exception {
        Path jar = tiny.tool("acme.bad", "bad", "bad").jar(house.at("bad.jar"));
        String owner = Files.getOwner(jar).getName();

        Refusal refusal = new FileTrust(owner.equals("root") ? "root" : "somebody")
                .refuses(jar)
                .orElse(null);

        if (owner.equals("root")) {
            assertEquals(null, refusal);
        } else {
            assertTrue(refusal.why().contains("belongs to the user \"" + owner + "\""), refusal::why);
            assertTrue(refusal.remedy().contains("chown somebody"), refusal::remedy);
        }
    }

    @Test
    void libraryWithoutProvider() throws Exception {
        tiny.source()
                .module("acme.bad", "exports acme.bad;")
                .type("acme.bad.Nothing", "public class Nothing {}")
                .jar(house.at("bad.jar"));

        load();

        says("It provides none of the gateway's services", "put it into the folder of the plugin that needs it");
    }

    @Test
    void moduleThatNamesItsProviderWhereOnlyPlainJarsDo() throws Exception {
        tiny.source()
                .module("acme.bad", "exports acme.bad;")
                .type("acme.bad.Tools", TinyPlugins.toolProvider("bad", "bad", "\"\""))
                .entry(SERVICE, "acme.bad.Tools")
                .jar(house.at("bad.jar"));

        load();

        says("META-INF/services counts only for a plugin that is no module", "Add \"provides … with …;\"");
    }

    @Test
    void providerClassMissing() throws Exception {
        withTools(tools("return \"bad\";", "return List.of();"))
                .type("acme.bad.Other", "class Other {}")
                .without("acme/bad/Tools.class")
                .jar(house.at("bad.jar"));

        load();

        says("The tool provider acme.bad.Tools is declared, but no jar of the plugin has this class");
    }

    @Test
    void providerNotPublic() throws Exception {
        tiny.source()
                .type(
                        "acme.bad.Tools",
                        TinyPlugins.toolProvider("bad", "bad", "\"\"").replace("public class", "class"))
                .entry(SERVICE, "acme.bad.Tools")
                .jar(house.at("bad.jar"));

        load();

        says("acme.bad.Tools is abstract or not public", "Make it a public class");
    }

    @Test
    void providerWithoutConstructor() throws Exception {
        tiny.source()
                .type(
                        "acme.bad.Tools",
                        TinyPlugins.toolProvider("bad", "bad", "\"\"")
                                .replace("ToolProvider {", "ToolProvider { public Tools(int i) {}"))
                .entry(SERVICE, "acme.bad.Tools")
                .jar(house.at("bad.jar"));

        load();

        says("acme.bad.Tools has no public constructor without parameters", "Add one");
    }

    @Test
    void providerOfAnotherType() throws Exception {
        tiny.source()
                .type("acme.bad.Tools", "public class Tools {}")
                .entry(SERVICE, "acme.bad.Tools")
                .jar(house.at("bad.jar"));

        load();

        says("acme.bad.Tools not a subtype");
    }

    @Test
    void constructorThrows() throws Exception {
        withTools(tools("return \"bad\";", "return List.of();")
                        .replace(
                                "ToolProvider {",
                                "ToolProvider { public Tools() { throw new IllegalStateException(\"no luck\"); }"))
                .jar(house.at("bad.jar"));

        load();

        says("The constructor of acme.bad.Tools threw IllegalStateException: no luck", "tell its author");
    }

    @Test
    void staticInitialiserThrows() throws Exception {
        withTools(tools("return \"bad\";", "return List.of();")
                        .replace("ToolProvider {", "ToolProvider { static final int X = 1 / Integer.parseInt(\"0\");"))
                .jar(house.at("bad.jar"));

        load();

        says("static initialiser threw ArithmeticException: / by zero");
    }

    @Test
    void missingModule() throws Exception {
        Path library = tiny.source()
                .moduleWithout("some.lib", "exports some;")
                .type("some.Thing", "public class Thing {}")
                .jar(home.resolve("lib.jar"));
        tiny.tool("acme.bad", "bad", "bad")
                .module("acme.bad", "requires some.lib;", PROVIDES)
                .with(library)
                .jar(house.at("bad.jar"));

        load();

        says(
                "Module acme.bad requires module some.lib, which is not among the plugin's jars",
                "Put the jar of some.lib");
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
    void missingClass() throws Exception {
        tiny.source()
                .type("acme.bad.Gone", "public class Gone { public static String x() { return \"\"; } }")
                .type(
                        "acme.bad.Tools",
                        TinyPlugins.toolProvider("bad", "bad", "\"\"")
                                .replace("return List.of(", "Gone.x(); return List.of("))
                .without("acme/bad/Gone.class")
                .entry(SERVICE, "acme.bad.Tools")
                .jar(house.at("bad.jar"));

        load();

        says("needs class acme.bad.Gone, which is in none of the plugin's jars", "Put the jar that has it");
    }

    @Test
    void packageOfTheApiInAModule() throws Exception {
        tiny.tool("acme.bad", "bad", "bad")
                .entry("dev/portcullis/gateway/api/tool/Mine.class", "x".repeat(20))
                .jar(house.at("bad.jar"));

        load();

        says("contains package dev.portcullis.gateway.api.tool of the gateway API", "Do not pack gateway-api");
    }

    @Test
    void copyOfTheApiBesideAModule() throws Exception {
        tiny.tool("acme.bad", "bad", "bad").jar(house.at("bad/plugin.jar"));
        tiny.source()
                .moduleWithout("dev.portcullis.gateway.api", "exports some;")
                .type("some.Thing", "public class Thing {}")
                .jar(house.at("bad/gateway-api.jar"));

        load();

        says("gateway-api.jar is a copy of the gateway API", "Remove it from the plugin's folder");
    }

    @Test
    void moduleNamedLikeOneOfOurs() throws Exception {
        tiny.tool("dev.portcullis.gateway.tools", "bad", "bad").jar(house.at("bad.jar"));

        load();

        says("calls itself module dev.portcullis.gateway.tools, a name of the gateway", "a name of its own");
    }

    @Test
    void moduleNamedLikeOneOfTheJdks() throws Exception {
        tiny.tool("jdk.jshell", "bad", "bad").jar(house.at("bad.jar"));

        load();

        says("calls itself module jdk.jshell, a name of the JDK");
    }

    @Test
    void builtAgainstANewerMinor() throws Exception {
        tiny.tool("acme.bad", "bad", "bad")
                .changing("module-info.class", builtAgainst("1.7.0"))
                .jar(house.at("bad.jar"));

        load();

        says(
                "was compiled against version 1.7 of the gateway API, and this gateway has 1.0",
                "Update the gateway to API 1.7 or later");
    }

    @Test
    void builtAgainstAnotherMajor() throws Exception {
        tiny.tool("acme.bad", "bad", "bad")
                .changing("module-info.class", builtAgainst("0.9.0"))
                .jar(house.at("bad.jar"));

        load();

        says(
                "version 0.9 of the gateway API",
                "another major version is not compatible",
                "release of the plugin for API 1.x");
    }

    @Test
    void plainJarBuiltAgainstAnotherMajor() throws Exception {
        tiny.source()
                .type("acme.bad.Tools", TinyPlugins.toolProvider("bad", "bad", "\"\""))
                .entry(SERVICE, "acme.bad.Tools")
                .attribute("Gateway-Api-Version", "2.1")
                .jar(house.at("bad.jar"));

        load();

        says("version 2.1 of the gateway API", "Update the gateway to API 2.x");
    }

    @Test
    void versionThatIsNone() throws Exception {
        tiny.source()
                .type("acme.bad.Tools", TinyPlugins.toolProvider("bad", "bad", "\"\""))
                .entry(SERVICE, "acme.bad.Tools")
                .attribute("Gateway-Api-Version", "latest")
                .jar(house.at("bad.jar"));

        load();

        says("version \"latest\" of the gateway API, which is no version", "Correct Gateway-Api-Version");
    }

    @Test
    void classOfANewerJava() throws Exception {
        tiny.tool("acme.bad", "bad", "bad")
                .changing("acme/bad/Tools.class", bytes -> {
                    bytes[7] = (byte) (Runtime.version().feature() + 44 + 1);
                    return bytes;
                })
                .jar(house.at("bad.jar"));

        load();

        int next = Runtime.version().feature() + 1;
        says("acme/bad/Tools.class was compiled for Java " + next, "Run the gateway on a JDK " + next);
    }

    @Test
    void classWithPreviewFeatures() throws Exception {
        tiny.tool("acme.bad", "bad", "bad")
                .changing("acme/bad/Tools.class", bytes -> {
                    bytes[4] = (byte) 0xFF;
                    bytes[5] = (byte) 0xFF;
                    return bytes;
                })
                .jar(house.at("bad.jar"));

        load();

        says("uses preview features", "without --enable-preview");
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
    void nullName() throws Exception {
        withTools(tools("return null;", "return List.of();")).jar(house.at("bad.jar"));

        load();

        says("acme.bad.Tools: name() returned null, which its contract excludes");
    }

    @Test
    void nullTools() throws Exception {
        withTools(tools("return \"bad\";", "return null;")).jar(house.at("bad.jar"));

        load();

        says("acme.bad.Tools: tools(…) returned null, which its contract excludes");
    }

    @Test
    void nullAmongTools() throws Exception {
        withTools(tools("return \"bad\";", "return Arrays.asList(tool(\"a\"), null);"))
                .jar(house.at("bad.jar"));

        load();

        says("tools(…) returned a list with a null in it");
    }

    @Test
    void nullDescriptor() throws Exception {
        withTools(tools(
                        "return \"bad\";",
                        "return List.of(new Tool() { public ToolDescriptor descriptor() { return null; }"
                                + " public ToolResult invoke(ToolInvocation c) { return null; } });"))
                .jar(house.at("bad.jar"));

        load();

        says("descriptor() of a tool returned null");
    }

    @Test
    void sameToolTwice() throws Exception {
        withTools(tools("return \"bad\";", "return List.of(tool(\"twice\"), tool(\"twice\"));"))
                .jar(house.at("bad.jar"));

        load();

        says("offers two tools named \"twice\"");
    }

    @Test
    void invalidToolName() throws Exception {
        withTools(tools("return \"bad\";", "return List.of(tool(\"Not Valid\"));"))
                .jar(house.at("bad.jar"));

        load();

        says("acme.bad.Tools.tools(…) threw IllegalArgumentException: Tool name \"Not Valid\" is not valid");
    }

    @Test
    void invalidInputSchema() throws Exception {
        withTools(
                        tools(
                                "return \"bad\";",
                                "return List.of(Tool.of(ToolDescriptor.named(\"odd\").input(InputSchema.of(Map.of(\"type\", \"object\","
                                        + " \"properties\", Map.of(\"a\", Map.of(\"type\", \"strange\"))))).build(), c -> null));"))
                .jar(house.at("bad.jar"));

        load();

        says("Tool \"odd\": input schema is not valid JSON Schema 2020-12", "Correct the tool's input schema");
    }

    @Test
    void tooManyTools() throws Exception {
        withTools(
                        tools(
                                "return \"bad\";",
                                "List<Tool> all = new ArrayList<>(); for (int i = 0; i < 1001; i++) all.add(tool(\"t\" + i)); return all;"))
                .jar(house.at("bad.jar"));

        load();

        says("returned 1001 tools, more than 1000");
    }

    @Test
    void toolsThrowsAnException() throws Exception {
        withTools(tools("return \"bad\";", "throw new java.io.IOException(\"no answer from the service\");"))
                .jar(house.at("bad.jar"));

        load();

        says("tools(…) threw IOException: no answer from the service");
    }

    @Test
    void configurationIsRefusedByThePlugin() throws Exception {
        withTools(tools("return \"bad\";", "context.config().requiredString(\"service\"); return List.of();"))
                .jar(house.at("bad.jar"));

        load();

        says(
                "tools(…) refused to start: plugins.entries.bad.config.service is missing or blank",
                "set enabled = false in its plugins.entries block");
    }

    @Test
    void toolsThrowsWhatIsNoException() throws Exception {
        withTools(tools("return \"bad\";", "throw new Error(\"odd\");")).jar(house.at("bad.jar"));
        load();
        says("tools(…) threw Error: odd");

        withTools(tools("return \"bad\";", "throw new OutOfMemoryError(\"pretended\");"))
                .jar(house.at("bad.jar"));
        load();
        says("ran out of memory: pretended");

        withTools(tools("return \"bad\";", "return tools(context);")).jar(house.at("bad.jar"));
        load();
        says("recursed without end");
    }

    @Test
    void blocksForEver() throws Exception {
        house.deadline = Duration.ofSeconds(2);
        withTools(tools("return \"bad\";", "Thread.sleep(1000000); return List.of();"))
                .jar(house.at("bad.jar"));

        load();

        says("tools(…) did not come back within the load deadline", "was interrupted", "Check what it waits for");
    }

    @Test
    void spinsForEver() throws Exception {
        house.deadline = Duration.ofSeconds(2);
        withTools(tools("return \"bad\";", "while (!Boolean.getBoolean(\"tiny.stop\")) {} return List.of();"))
                .jar(house.at("bad.jar"));
        try {
            load();
        } finally {
            System.setProperty("tiny.stop", "true");
        }

        says("did not come back within the load deadline");
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

    @Test
    void sharedPackageInsideAPlugin() throws Exception {
        Path library = tiny.source()
                .moduleWithout("other.lib", "exports other;")
                .type("other.X", "public class X {}")
                .type("acme.bad.Y", "public class Y {}")
                .jar(house.at("bad/lib.jar"));
        tiny.tool("acme.bad", "bad", "bad")
                .module("acme.bad", "requires other.lib;", PROVIDES)
                .with(library)
                .jar(house.at("bad/plugin.jar"));

        load();

        says("same package");
    }

    @Test
    void jarWithoutEnd() throws Exception {
        try (OutputStream out = Files.newOutputStream(house.at("bad.jar"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("module-info.class"));
            zip.write(new byte[] {1, 2, 3});
        }

        load();

        says("bad.jar: its module descriptor is not valid");
    }

    /** Changes the version of the API that javac recorded. */
    private static UnaryOperator<byte[]> builtAgainst(String version) {
        return bytes -> {
            ClassFile format = ClassFile.of();
            var model = format.parse(bytes);
            ModuleAttribute module = model.findAttribute(Attributes.module()).orElseThrow();
            ConstantPoolBuilder pool = ConstantPoolBuilder.of(model);
            List<ModuleRequireInfo> requires = module.requires().stream()
                    .map(required -> ModuleRequireInfo.of(
                            required.requires(), required.requiresFlagsMask(), pool.utf8Entry(version)))
                    .toList();
            ModuleAttribute changed = ModuleAttribute.of(
                    module.moduleName(),
                    module.moduleFlagsMask(),
                    module.moduleVersion().orElse(null),
                    requires,
                    module.exports(),
                    module.opens(),
                    module.uses(),
                    module.provides());
            return format.transformClass(
                    model,
                    ClassTransform.dropping(ModuleAttribute.class::isInstance)
                            .andThen(ClassTransform.endHandler(builder -> builder.with(changed))));
        };
    }
}
