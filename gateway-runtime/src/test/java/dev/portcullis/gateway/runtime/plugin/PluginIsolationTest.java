package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whose classes a plugin sees. */
final class PluginIsolationTest extends InPluginHouse {
    private static final String SERVICE = "META-INF/services/dev.portcullis.gateway.api.tool.ToolProvider";

    private Path library(String file, String version) {
        return tiny.source()
                .moduleWithout("greeting.lib", "exports greeting;")
                .type(
                        "greeting.Greeting",
                        "public class Greeting { public static String text() { return \"" + version + "\"; } }")
                .jar(home.resolve(file));
    }

    private void pluginWithLibrary(String name, Path library) throws IOException {
        tiny.source()
                .module(
                        "acme." + name,
                        "requires greeting.lib;",
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with acme." + name + ".Tools;")
                .type("acme." + name + ".Tools", TinyPlugins.toolProvider(name, name, "greeting.Greeting.text()"))
                .with(library)
                .jar(house.at(name + "/plugin.jar"));
        Files.copy(library, house.at(name + "/lib.jar"));
    }

    @Test
    void twoPluginsCarryTwoVersionsOfOneLibrary() throws Exception {
        pluginWithLibrary("one", library("lib-1.jar", "version 1"));
        pluginWithLibrary("two", library("lib-2.jar", "version 2"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals("version 1", PluginHouse.answer(set, "one"));
            assertEquals("version 2", PluginHouse.answer(set, "two"));
        }
    }

    @Test
    void pluginsMayRequireTheJdksModules() throws Exception {
        tiny.source()
                .module(
                        "acme.jdk",
                        "requires java.sql;",
                        "requires java.desktop;",
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.jdk.Tools;")
                .type(
                        "acme.jdk.Tools",
                        TinyPlugins.toolProvider(
                                "jdk", "jdk", "new java.sql.Date(0).getTime() + \" \" + new java.awt.Point(1, 2).x"))
                .jar(house.at("jdk.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals("0 1", PluginHouse.answer(set, "jdk"));
        }
    }

    @Test
    void jarWithoutDescriptorIsLoadedByAClassPathOfItsOwn() throws Exception {
        tiny.source()
                .type("plain.Tools", TinyPlugins.toolProvider("plain", "plain", "\"hello\""))
                .entry(SERVICE, "# comment\nplain.Tools # the one\n")
                .attribute("Gateway-Api-Version", "1.0")
                .attribute("Implementation-Version", "7")
                .jar(house.at("plain.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            PluginIdentity identity = PluginHouse.plugin(set, "plain.jar").identity();
            assertEquals(LoadingKind.CLASS_PATH, identity.kind());
            assertEquals(Optional.of("7"), identity.version());
            assertEquals(Optional.of("1.0"), identity.apiVersion());
            assertEquals(List.of(), identity.warnings());
            assertEquals("hello", PluginHouse.answer(set, "plain"));
        }
    }

    @Test
    void jarThatDoesNotSayItsApiVersionIsAcceptedWithAWarning() throws Exception {
        tiny.source()
                .type("plain.Tools", TinyPlugins.toolProvider("plain", "plain", "\"hello\""))
                .entry(SERVICE, "plain.Tools")
                .jar(house.at("plain.jar"));

        try (PluginSet set = house.load()) {
            List<String> warnings =
                    PluginHouse.plugin(set, "plain.jar").identity().warnings();
            assertEquals(1, warnings.size());
            assertTrue(warnings.getFirst().contains("no Gateway-Api-Version"), warnings::toString);
        }
    }

    @Test
    void moduleWithAPlainLibraryIsLoadedByAClassPathAndKeepsItsProvides() throws Exception {
        Path library = tiny.source()
                .type(
                        "greeting.Greeting",
                        "public class Greeting { public static String text() { return \"plain\"; } }")
                .jar(home.resolve("lib.jar"));
        tiny.source()
                .module("acme.mixed", "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.mixed.Tools;")
                .type("acme.mixed.Tools", TinyPlugins.toolProvider("mixed", "mixed", "greeting.Greeting.text()"))
                .options("--add-reads", "acme.mixed=ALL-UNNAMED", "--class-path", library.toString())
                .jar(house.at("mixed/plugin.jar"));
        Files.copy(library, house.at("mixed/lib.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals(
                    LoadingKind.CLASS_PATH,
                    PluginHouse.plugin(set, "mixed").identity().kind());
            assertEquals("plain", PluginHouse.answer(set, "mixed"));
        }
    }

    @Test
    void copyOfTheApiInAFatJarIsNeverUsed() throws Exception {
        TinyPlugins.Source fat = tiny.source()
                .type("fat.Tools", TinyPlugins.toolProvider("fat", "fat", "\"fat\""))
                .entry(SERVICE, "fat.Tools");
        Path api = TinyPlugins.api();
        try (Stream<Path> classes = Files.walk(api)) {
            for (Path file : classes.filter(Files::isRegularFile).toList()) {
                String name = api.relativize(file).toString();
                if (name.startsWith("dev/")) {
                    fat.entry(name, "not even a class");
                }
            }
        }
        fat.jar(house.at("fat.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals("fat", PluginHouse.answer(set, "fat"));
        }
    }

    @Test
    void gatewaysLibrariesAreNotThereForAPluginOnTheClassPath() throws Exception {
        String reach =
                "public class Reach { public static String t() { try { Class.forName(\"tools.jackson.core.JsonParser\");"
                        + " return \"found\"; } catch (ClassNotFoundException e) { return \"hidden\"; } } }";
        tiny.source()
                .type("plain.Reach", reach)
                .type("plain.Tools", TinyPlugins.toolProvider("plain", "plain", "Reach.t()"))
                .entry(SERVICE, "plain.Tools")
                .jar(house.at("plain.jar"));
        tiny.tool("acme.modular", "modular", "modular")
                .type("acme.modular.Reach", reach)
                .type("acme.modular.Tools", TinyPlugins.toolProvider("modular", "modular", "Reach.t()"))
                .jar(house.at("modular.jar"));

        try (PluginSet set = house.load()) {
            assertEquals("hidden", PluginHouse.answer(set, "plain"));
            assertEquals("hidden", PluginHouse.answer(set, "modular"));
        }
    }

    @Test
    void moduleThatForgotALibraryMustNotReadTheGatewaysCopy() throws Exception {
        tiny.source()
                .module(
                        "acme.greedy",
                        "requires info.picocli;",
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.greedy.Tools;")
                .type("acme.greedy.Tools", TinyPlugins.toolProvider("greedy", "greedy", "\"never\""))
                .with(TinyPlugins.onModulePath("picocli-"))
                .jar(house.at("greedy.jar"));

        String problem = house.problem();

        assertTrue(problem.contains("Module acme.greedy reads the gateway's private module info.picocli"), problem);
        assertTrue(problem.contains("Ship your own copy of info.picocli in the plugin's folder."), problem);
    }

    @Test
    void providerMethodOfAModuleIsHonoured() throws Exception {
        tiny.source()
                .module(
                        "acme.factory",
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.factory.Maker;")
                .type(
                        "acme.factory.Maker",
                        "public class Maker { public static dev.portcullis.gateway.api.tool.ToolProvider provider() {"
                                + " return new Tools(); } }")
                .type("acme.factory.Tools", TinyPlugins.toolProvider("factory", "factory", "\"made\""))
                .jar(house.at("factory.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals("made", PluginHouse.answer(set, "factory"));
        }
    }

    @Test
    void contextClassLoaderIsThePluginsOwnWhileItIsLoaded() throws Exception {
        tiny.source()
                .module("acme.tccl", "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.tccl.Tools;")
                .type(
                        "acme.tccl.Tools",
                        TinyPlugins.toolProvider("tccl", "tccl", "seen")
                                .replace(
                                        "throws Exception {",
                                        "throws Exception { String seen = \"\" + (Thread.currentThread()"
                                                + ".getContextClassLoader() == Tools.class.getClassLoader());"))
                .jar(house.at("tccl.jar"));

        try (PluginSet set = house.load()) {
            assertEquals("true", PluginHouse.answer(set, "tccl"));
        }
    }

    @Test
    void pluginServesOnWhenItsJarIsOverwrittenOrDeleted() throws Exception {
        Path jar = house.at("late.jar");
        tiny.source()
                .module("acme.late", "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.late.Tools;")
                .type("acme.late.Later", "public class Later { public static String t() { return \"still here\"; } }")
                .type("acme.late.Tools", TinyPlugins.toolProvider("late", "late", "Later.t()"))
                .jar(jar);

        try (PluginSet set = house.load()) {
            Files.writeString(jar, "something else");
            Files.delete(jar);
            assertEquals("still here", PluginHouse.answer(set, "late"));
        }
    }

    @Test
    void copiesAreNamedByDigestPrivateAndLeftoversGo() throws Exception {
        Files.createDirectories(house.copies);
        Files.writeString(house.copies.resolve("old.jar"), "left over");
        tiny.tool("acme.a", "a", "a").jar(house.at("a.jar"));

        try (PluginSet set = house.load();
                Stream<Path> copies = Files.list(house.copies)) {
            String digest = PluginHouse.plugin(set, "a.jar").identity().sha256().orElseThrow();
            assertEquals(List.of(house.copies.resolve(digest + ".jar")), copies.toList());
            assertEquals(
                    "rwx------",
                    java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(house.copies)));
        }
    }
}
