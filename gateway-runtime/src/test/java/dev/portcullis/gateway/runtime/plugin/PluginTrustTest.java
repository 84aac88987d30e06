package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.PluginTrust.Capabilities;
import dev.portcullis.gateway.runtime.config.PluginTrust.Verify;
import dev.portcullis.gateway.runtime.config.PublicKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who vouches for a plugin: lock file, signature; and how it is installed. */
final class PluginTrustTest extends InPluginHouse {
    private static final String TOUCH = "Tools.touched";

    private Path download;

    @BeforeEach
    void aPluginToInstall() throws Exception {
        download = plugin("one").jar(home.resolve("download/acme.jar"));
        System.clearProperty(TOUCH);
    }

    /** Says in a system property that a class of it was loaded. */
    private TinyPlugins.Source plugin(String answer) {
        return tiny.tool("acme.tools", "acme", "acme")
                .type(
                        "acme.tools.Tools",
                        TinyPlugins.toolProvider("acme", "acme", "\"" + answer + "\"")
                                .replaceFirst(
                                        "(?s)implements ToolProvider \\{",
                                        "implements ToolProvider { static { System.setProperty(\"" + TOUCH
                                                + "\", \"yes\"); }"));
    }

    private void trust(Verify verify, PublicKey... keys) {
        house.trust = new PluginTrust(verify, Capabilities.WARN, List.of(keys), Duration.ofSeconds(30));
    }

    private Path install() throws Exception {
        return new PluginInstaller(house.folder, house.trust)
                .install(download, false)
                .target();
    }

    private PublicKey key() throws Exception {
        return PublicKeys.parse(PluginSigning.generate(home.resolve("key"))).orElseThrow();
    }

    private void assertServes(String answer) throws Exception {
        try (PluginSet set = house.load()) {
            assertEquals(List.of(), set.problems());
            assertEquals(answer, PluginHouse.answer(set, "acme"));
        }
    }

    private String refusal() throws Exception {
        String problem = house.problem();
        assertEquals(null, System.getProperty(TOUCH), "a class of it was loaded");
        return problem;
    }

    @Test
    void installedPluginServesAndItsDigestIsLocked() throws Exception {
        trust(Verify.LOCKED);

        Path target = install();

        assertEquals(house.at("acme.jar"), target);
        String lock = Files.readString(house.at("plugins.lock"));
        assertTrue(lock.matches("(?s).*\n[0-9a-f]{64}  -  acme\\.jar\n"), lock);
        assertServes("one");
    }

    @Test
    void installingRunsNoneOfItsCode() throws Exception {
        install();
        new PluginExaminer(house.trust).examine(house.at("acme.jar"));

        assertEquals(null, System.getProperty(TOUCH));
    }

    @Test
    void changedPluginIsRefusedBeforeAClassIsLoaded() throws Exception {
        trust(Verify.LOCKED);
        install();
        plugin("two").jar(house.at("acme.jar"));

        String problem = refusal();

        assertTrue(problem.startsWith("Plugin acme.jar is not loaded (" + house.at("acme.jar") + ")"), problem);
        assertTrue(problem.contains("is not what was installed: its SHA-256 is "), problem);
        assertTrue(problem.contains("Find out who changed it."), problem);
    }

    @Test
    void whatLiesInTheFolderIsInstalledWhereItIsAsTheRefusalAdvises() throws Exception {
        trust(Verify.LOCKED);
        install();
        plugin("two").jar(house.at("acme.jar"));
        assertTrue(refusal().contains("portcullis plugins install '" + house.at("acme.jar") + "'"));

        Path target = new PluginInstaller(house.folder, house.trust)
                .install(house.at("acme.jar"), false)
                .target();

        assertEquals(house.at("acme.jar"), target);
        assertServes("two");
    }

    @Test
    void folderThatLiesInTheFolderIsInstalledWhereItIs() throws Exception {
        trust(Verify.LOCKED);
        plugin("one").jar(house.at("acme").resolve("acme.jar"));
        Path note = Files.writeString(house.at("acme").resolve("README.txt"), "mine");

        new PluginInstaller(house.folder, house.trust).install(house.at("acme"), false);

        assertTrue(Files.exists(note));
        assertServes("one");
    }

    @Test
    void pluginThatNobodyInstalledIsRefusedWhenLocked() throws Exception {
        trust(Verify.LOCKED);
        install();
        tiny.tool("acme.other", "other", "other").jar(house.at("other.jar"));

        String problem = house.problem();

        assertTrue(problem.contains("other.jar is not in " + house.at("plugins.lock")), problem);
        assertTrue(problem.contains("portcullis plugins install '"), problem);
    }

    @Test
    void withoutALockFileNothingLoadsWhenLocked() throws Exception {
        trust(Verify.LOCKED);
        Files.copy(download, house.at("acme.jar"));

        assertTrue(refusal().contains("there is no " + house.at("plugins.lock")));
    }

    @Test
    void lockThatOthersCanWriteIsNoLock() throws Exception {
        trust(Verify.LOCKED);
        install();
        Files.setPosixFilePermissions(house.at("plugins.lock"), PosixFilePermissions.fromString("rw-rw-rw-"));

        assertTrue(refusal().contains("plugins.lock can be written by every user"));
    }

    @Test
    void lockThatCannotBeUnderstoodIsNoLock() throws Exception {
        trust(Verify.LOCKED);
        install();
        Files.writeString(house.at("plugins.lock"), "hello\n");

        assertTrue(refusal().contains("line 1 of"));
    }

    @Test
    void differenceFromTheLockIsAWarningByDefault() throws Exception {
        install();
        plugin("two").jar(house.at("acme.jar"));

        try (PluginSet set = house.load()) {
            assertEquals("two", PluginHouse.answer(set, "acme"));
            List<String> warnings =
                    PluginHouse.plugin(set, "acme.jar").identity().warnings();
            assertTrue(warnings.getFirst().contains("is not what was installed"), warnings::toString);
        }
    }

    @Test
    void signedPluginServes() throws Exception {
        trust(Verify.SIGNED, key());
        PluginSigning.sign(download, home.resolve("key"));

        install();

        assertServes("one");
        assertTrue(Files.exists(house.at("acme.jar.sig")));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("key"))));
    }

    @Test
    void unsignedPluginIsRefusedBeforeAClassIsLoaded() throws Exception {
        trust(Verify.SIGNED, key());
        Files.copy(download, house.at("acme.jar"));

        String problem = refusal();

        assertTrue(problem.contains("there is no signature acme.jar.sig"), problem);
        assertTrue(problem.contains("portcullis plugins sign '"), problem);
    }

    @Test
    void examinationOfWhatNobodyVouchesForNamesWhatItsCodeUsesToo() throws Exception {
        Path jar = tiny.source()
                .module("acme.files", "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.files.Tools;")
                .type(
                        "acme.files.Tools",
                        TinyPlugins.toolProvider(
                                "files", "files", "\"\" + java.nio.file.Files.exists(java.nio.file.Path.of(\"/\"))"))
                .jar(home.resolve("files.jar"));
        PluginTrust strict = new PluginTrust(
                Verify.SIGNED, PluginTrust.Capabilities.ENFORCE, List.of(key()), house.trust.loadTimeout());

        PluginExamination examination = new PluginExaminer(strict).examine(jar);

        assertEquals(Set.of("files"), examination.uses().keySet());
        assertEquals(
                List.of(true, false),
                examination.problems().stream()
                        .map(problem -> problem.text().contains("there is no signature files.jar.sig"))
                        .toList());
        assertTrue(examination.problems().getLast().text().contains("and its code uses: files (acme.files.Tools"));
    }

    @Test
    void signatureOfAnotherContentIsRefused() throws Exception {
        trust(Verify.SIGNED, key());
        PluginSigning.sign(download, home.resolve("key"));
        install();
        plugin("two").jar(house.at("acme.jar"));

        assertTrue(refusal().contains("by none of the keys in plugins.trustedKeys, or is for another content"));
    }

    @Test
    void signatureByAStrangerIsRefused() throws Exception {
        PluginSigning.generate(home.resolve("strangers"));
        PluginSigning.sign(download, home.resolve("strangers"));
        Files.copy(download, house.at("acme.jar"));
        Files.copy(home.resolve("download/acme.jar.sig"), house.at("acme.jar.sig"));
        trust(Verify.SIGNED, key());

        assertTrue(refusal().contains("by none of the keys"));
    }

    @Test
    void signedPluginUnderTheNameOfAnotherIsRefused() throws Exception {
        trust(Verify.SIGNED, key());
        PluginSigning.sign(download, home.resolve("key"));
        Files.copy(download, house.at("payments.jar"));
        Files.copy(home.resolve("download/acme.jar.sig"), house.at("payments.jar.sig"));

        String problem = refusal();

        assertTrue(
                problem.contains("It is signed as the plugin \"acme\", and its file has the name of another"), problem);
    }

    private Path version(String version) throws Exception {
        Path jar = plugin("one " + version)
                .attribute("Implementation-Version", version)
                .jar(home.resolve(version + "/acme-" + version + ".jar"));
        PluginSigning.sign(jar, home.resolve("key"));
        return jar;
    }

    private void put(Path jar) throws Exception {
        for (Path file : List.of(jar, jar.resolveSibling(jar.getFileName() + ".sig"))) {
            Files.copy(
                    file,
                    house.at(file.getFileName().toString().replaceFirst("-[0-9.]+\\.jar", ".jar")),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void earlierVersionOfASignedPluginDoesNotComeBackByItself() throws Exception {
        trust(Verify.SIGNED, key());
        Path earlier = version("1.0");
        Path later = version("1.10");
        put(later);
        assertServes("one 1.10");
        put(earlier);
        System.clearProperty(TOUCH);

        String problem = refusal();

        assertTrue(
                problem.contains("It is signed as \"acme 1.0\", and version 1.10 of it served here before"), problem);
        assertTrue(problem.contains("--downgrade"), problem);

        PluginSigning.goBack(earlier, house.trust, home.resolve("state"));
        assertServes("one 1.0");
    }

    @Test
    void folderIsSignedAsAWhole() throws Exception {
        trust(Verify.SIGNED, key());
        Files.createDirectories(house.at("acme"));
        Files.copy(download, house.at("acme/acme.jar"));
        PluginSigning.sign(house.at("acme"), home.resolve("key"));
        assertServes("one");
        tiny.source()
                .moduleWithout("other.lib", "exports other;")
                .type("other.X", "public class X {}")
                .jar(house.at("acme/more.jar"));
        System.clearProperty(TOUCH);

        assertTrue(refusal().contains("plugin.sig is by none of the keys"));
    }

    @Test
    void privateKeyIsNotOverwritten() throws Exception {
        key();

        assertThrows(PluginFileException.class, () -> PluginSigning.generate(home.resolve("key")));
    }

    @Test
    void brokenPluginIsNotInstalledAndLeavesNothing() throws Exception {
        Files.writeString(download, "I am a text");

        PluginFileException refusal = assertThrows(PluginFileException.class, this::install);

        assertTrue(refusal.details().getFirst().contains("cannot be read as a jar"), refusal.details()::toString);
        try (Stream<Path> left = Files.list(house.folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void missingLibraryIsFoundWithoutRunningCode() throws Exception {
        Path library = tiny.source()
                .moduleWithout("other.lib", "exports other;")
                .type("other.X", "public class X {}")
                .jar(home.resolve("lib/other.jar"));
        plugin("one")
                .module(
                        "acme.tools",
                        "requires other.lib;",
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with acme.tools.Tools;")
                .with(library)
                .jar(download);

        PluginExamination examination = new PluginExaminer(house.trust).examine(download);

        assertEquals(1, examination.problems().size());
        assertTrue(examination.problems().getFirst().text().contains("requires module other.lib, which is not among"));
        assertEquals(null, System.getProperty(TOUCH));
    }

    @Test
    void newVersionUnderAnotherNameReplacesTheOldOneWhenAsked() throws Exception {
        install();
        Path newer = plugin("two").jar(home.resolve("download/acme-2.jar"));
        PluginInstaller installer = new PluginInstaller(house.folder, house.trust);

        assertThrows(PluginFileException.class, () -> installer.install(newer, false));
        installer.install(newer, true);

        assertFalse(Files.exists(house.at("acme.jar")));
        assertFalse(Files.readString(house.at("plugins.lock")).contains("  acme.jar"));
        assertServes("two");
    }

    @Test
    void folderIsReplacedAsAWhole() throws Exception {
        Path folder = Files.createDirectories(home.resolve("download/acme"));
        plugin("one").jar(folder.resolve("one.jar"));
        PluginInstaller installer = new PluginInstaller(house.folder, house.trust);
        installer.install(folder, false);
        Files.delete(folder.resolve("one.jar"));
        plugin("two").jar(folder.resolve("two.jar"));

        installer.install(folder, true);

        assertFalse(Files.exists(house.at("acme/one.jar")));
        trust(Verify.LOCKED);
        assertServes("two");
    }

    @Test
    void removedPluginIsGoneWithItsLine() throws Exception {
        install();

        new PluginInstaller(house.folder, house.trust).remove("acme");

        assertFalse(Files.exists(house.at("acme.jar")));
        assertFalse(Files.readString(house.at("plugins.lock")).contains("acme.jar"));
    }

    @Test
    void disabledPluginStaysOutUntilItIsEnabled() throws Exception {
        install();
        Path state = house.copies.getParent();
        PluginSwitches off = PluginSwitches.in(state);
        off.turn("acme", false);
        off.write();

        try (PluginSet set = house.load()) {
            assertEquals(List.of(), PluginHouse.toolNames(set));
            assertTrue(set.skipped().getFirst().reason().contains("\"portcullis plugins enable acme\" brings it back"));
        }
        assertEquals(null, System.getProperty(TOUCH));
        PluginSwitches on = PluginSwitches.in(state);
        on.turn("acme", true);
        on.write();
        assertServes("one");
    }
}
