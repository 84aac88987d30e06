package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names of files of which a process has the bytes and no text, as those beyond ASCII are without a UTF-8 locale. */
final class PluginNamesTest extends InPluginHouse {
    /** The byte of a letter in Latin-1, which is no text in UTF-8 nor in ASCII. */
    private void copyUnderBytes(Path jar, String printf) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a shell makes such a name");
        Process shell = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "cp \"$1\" \"$2/$(printf '" + printf + "')\"",
                        "sh",
                        jar.toString(),
                        house.folder.toString())
                .start();
        assumeTrue(shell.waitFor() == 0, "this file system takes no such name");
    }

    @Test
    void jarWhoseNameIsNoTextIsNamedAndTheOthersAreServed() throws Exception {
        Path jar = tiny.tool("acme.odd", "odd", "odd").jar(home.resolve("odd.jar"));
        copyUnderBytes(jar, "Gr\\366sse.jar");
        tiny.tool("acme.good", "good", "good").jar(house.at("good.jar"));

        try (PluginSet set = house.load()) {
            assertEquals(1, set.problems().size(), set.problems()::toString);
            assertTrue(
                    set.problems().getFirst().text().contains("has a name with letters that this process cannot write"),
                    set.problems()::toString);
            assertEquals("good of good", PluginHouse.answer(set, "good"));
        }
    }

    @Test
    void lookAtTheFoldersGoesOnBesideIt() throws Exception {
        Path jar = tiny.tool("acme.odd", "odd", "odd").jar(home.resolve("odd.jar"));
        copyUnderBytes(jar, "Gr\\366sse.jar");
        Path good = tiny.tool("acme.good", "good", "good").jar(house.at("good.jar"));

        Map<Path, PluginWatch.Look> looks = PluginWatch.look(
                java.util.List.of(house.folder),
                home.resolve("plugins-disabled"),
                house.config().plugins());

        assertTrue(looks.containsKey(good), looks::toString);
        assertEquals(
                1,
                looks.keySet().stream()
                        .filter(path -> path.toString().endsWith(".jar"))
                        .count());
    }
}
