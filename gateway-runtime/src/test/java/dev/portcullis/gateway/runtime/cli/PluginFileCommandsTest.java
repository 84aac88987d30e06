package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginFileCommandsTest {
    @TempDir
    Path home;

    private CommandRunner portcullis;
    private Path jar;
    private Path folder;

    @BeforeEach
    void aPlugin() {
        portcullis = new CommandRunner(home.resolve("state"));
        jar = new TinyPlugins(home.resolve("work"))
                .tool("acme.tools", "acme", "acme_now")
                .jar(home.resolve("download/acme.jar"));
        folder = home.resolve("plugins");
    }

    private CommandRunner.Ran plugins(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "plugins";
        System.arraycopy(args, 0, all, 1, args.length);
        return portcullis.run(all);
    }

    @Test
    void verifyShowsWhatThePluginIs() {
        CommandRunner.Ran ran = plugins("verify", jar.toString());

        assertAll(
                () -> assertEquals(0, ran.exit(), ran::err),
                () -> assertTrue(ran.out().contains("passes every check that needs no code to run"), ran::out),
                () -> assertTrue(ran.out().contains("tool provider acme.tools.Tools, named acme"), ran::out),
                () -> assertTrue(ran.out().contains("SHA-256: "), ran::out));
    }

    @Test
    void verifyNamesEveryProblemAndFails() throws Exception {
        Files.writeString(jar, "I am a text");

        CommandRunner.Ran ran = plugins("verify", jar.toString());

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertTrue(ran.err().contains(jar + " would not be loaded."), ran::err),
                () -> assertTrue(ran.err().contains("  - acme.jar: it cannot be read as a jar"), ran::err));
    }

    @Test
    void verifyInJsonIsOneDocumentEitherWay() throws Exception {
        Fields good = Fields.of(plugins("verify", jar.toString(), "--json").json());
        Files.writeString(jar, "I am a text");
        CommandRunner.Ran ran = plugins("verify", jar.toString(), "--json");
        Fields bad = Fields.of(ran.json());

        assertAll(
                () -> assertTrue(good.flag("ok")),
                () -> assertEquals("acme.tools", good.text("module")),
                () -> assertEquals("acme", good.objects("providers").getFirst().text("name")),
                () -> assertTrue(good.object("modules").texts("acme.tools").contains("dev.portcullis.gateway.api")),
                () -> assertFalse(bad.flag("ok")),
                () -> assertEquals(1, bad.texts("problems").size()),
                () -> assertEquals(1, ran.exit()));
    }

    @Test
    void whatIsNotThereIsSaid() {
        CommandRunner.Ran ran = plugins("verify", home.resolve("nothing.jar").toString());

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertTrue(ran.err().contains("nothing.jar"), ran::err),
                () -> assertTrue(ran.err().contains("nothing is there"), ran::err));
    }

    @Test
    void installCopiesAndRemoveTakesAway() {
        CommandRunner.Ran installed = plugins("install", jar.toString(), "--to", folder.toString());
        CommandRunner.Ran again = plugins("install", jar.toString(), "--to", folder.toString());
        boolean there = Files.exists(folder.resolve("acme.jar"));
        CommandRunner.Ran removed = plugins("remove", "acme", "--to", folder.toString());
        CommandRunner.Ran absent = plugins("remove", "acme", "--to", folder.toString());

        assertAll(
                () -> assertEquals(0, installed.exit(), installed::err),
                () -> assertTrue(there),
                () -> assertEquals(1, again.exit()),
                () -> assertTrue(again.err().contains("Add --replace"), again::err),
                () -> assertEquals(0, removed.exit(), removed::err),
                () -> assertFalse(Files.exists(folder.resolve("acme.jar"))),
                () -> assertEquals(1, absent.exit()),
                () -> assertTrue(absent.err().contains("There is no plugin \"acme\""), absent::err));
    }

    @Test
    void withoutADistributionTheFolderHasToBeNamed() {
        CommandRunner.Ran ran = plugins("install", jar.toString());

        assertAll(
                () -> assertEquals(2, ran.exit()),
                () -> assertTrue(ran.err().contains("name the folder with --to"), ran::err));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "#acme", "../acme", "a\nb", "a\\b"})
    void whatIsNoNameIsNotSwitched(String name) {
        CommandRunner.Ran ran = plugins("disable", name);

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertTrue(ran.err().contains("is not the name of a plugin"), ran::err),
                () -> assertFalse(Files.exists(home.resolve("state/plugins-disabled"))));
    }

    @Test
    void fileThatIsNotThereIsSaidOnceAndInWords() {
        CommandRunner.Ran ran = plugins("verify", "/nowhere/acme.jar");

        assertTrue(
                ran.err().startsWith("portcullis: /nowhere/acme.jar cannot be used: nothing is there. Check"),
                ran::err);
    }

    @Test
    void disableAndEnableSayWhatTheyChanged() {
        Path file = home.resolve("state/plugins-disabled");

        CommandRunner.Ran off = plugins("disable", "acme");
        boolean written = Files.exists(file);
        CommandRunner.Ran twice = plugins("disable", "acme");
        CommandRunner.Ran on = plugins("enable", "acme", "--json");

        assertAll(
                () -> assertTrue(off.out().startsWith("Plugin \"acme\" is disabled (" + file + ")."), off::out),
                () -> assertTrue(written),
                () -> assertTrue(twice.out().startsWith("Plugin \"acme\" was already disabled"), twice::out),
                () -> assertTrue(Fields.of(on.json()).flag("enabled")),
                () -> assertTrue(Fields.of(on.json()).flag("changed")),
                () -> assertEquals(
                        List.of(),
                        Files.readAllLines(file).stream()
                                .filter(line -> !line.startsWith("#"))
                                .toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "#acme", " acme", "acme\nother", "../acme"})
    void whatCannotBeANameSwitchesNothing(String name) {
        CommandRunner.Ran ran = plugins("disable", name);

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertEquals(1, ran.err().lines().count(), ran::err),
                () -> assertTrue(ran.err().contains("is not the name of a plugin"), ran::err),
                () -> assertFalse(Files.exists(home.resolve("state/plugins-disabled"))));
    }

    @Test
    void pathsThatAreNotThereAreSaidInOneLineWithoutTheWordsOfJava() {
        Path nowhere = home.resolve("nowhere/x");

        CommandRunner.Ran verified = plugins("verify", nowhere.toString());
        CommandRunner.Ran signed = plugins("sign", jar.toString(), "--key", nowhere.toString());
        CommandRunner.Ran made = plugins("keygen", nowhere.toString());

        assertAll(Stream.of(verified, signed, made)
                .map(ran -> () -> assertAll(
                        () -> assertEquals(1, ran.exit()),
                        () -> assertEquals(1, ran.err().lines().count(), ran::err),
                        () -> assertTrue(ran.err().contains(nowhere.toString()), ran::err),
                        () -> assertFalse(ran.err().contains("Exception"), ran::err))));
    }

    @Test
    void keysAreMadeAndSignWith() {
        Path key = home.resolve("key");

        CommandRunner.Ran made = plugins("keygen", key.toString());
        CommandRunner.Ran again = plugins("keygen", key.toString());
        CommandRunner.Ran signed = plugins("sign", jar.toString(), "--key", key.toString());
        CommandRunner.Ran wrong = plugins("sign", jar.toString(), "--key", key + ".pub");

        assertAll(
                () -> assertEquals(0, made.exit(), made::err),
                () -> assertTrue(made.out().contains("plugins.trustedKeys = [\"MCow"), made::out),
                () -> assertFalse(made.out().contains("PRIVATE KEY--"), made::out),
                () -> assertEquals(1, again.exit()),
                () -> assertEquals(0, signed.exit(), signed::err),
                () -> assertTrue(Files.exists(jar.resolveSibling("acme.jar.sig"))),
                () -> assertEquals(1, wrong.exit()),
                () -> assertTrue(wrong.err().contains("no Ed25519 private key in PEM"), wrong::err));
    }

    @Test
    void keyThatIsNotThereIsWhatCannotBeUsed() {
        CommandRunner.Ran ran = plugins("sign", jar.toString(), "--key", "/nowhere/key");

        assertTrue(
                ran.err().startsWith("portcullis: /nowhere/key cannot be used: there is no such file or folder. Check"),
                ran::err);
    }

    @Test
    void inspectShowsModulesAndTools() {
        try (FakeGateway gateway = new FakeGateway()) {
            gateway.answering("GET /portcullis/v1/plugins/acme", 200, """
                    {"name":"acme.jar","status":"loaded","version":"1.2","sha256":"abc","kind":"module layer of its own",
                     "provides":["tools"],"services":[],"warnings":["Odd."],
                     "modules":[{"name":"acme.tools","version":null,"reads":["java.base","other.lib"]}],
                     "tools":[{"name":"acme_now","description":"Says now","inputSchema":{}}]}""");

            CommandRunner.Ran ran =
                    portcullis.port(gateway.port()).token(FakeGateway.TOKEN).run("plugins", "inspect", "acme");

            assertAll(
                    () -> assertEquals(0, ran.exit(), ran::err),
                    () -> assertTrue(ran.out().startsWith("acme.jar, loaded\n"), ran::out),
                    () -> assertTrue(ran.out().contains("acme.tools           java.base, other.lib"), ran::out),
                    () -> assertTrue(ran.out().contains("Warnings: Odd."), ran::out),
                    () -> assertTrue(ran.out().contains("acme_now  Says now"), ran::out));
        }
    }
}
