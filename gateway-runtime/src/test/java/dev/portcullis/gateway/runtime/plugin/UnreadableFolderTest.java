package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a folder that nobody can look into, which is no plugin. */
final class UnreadableFolderTest {
    private static final Path PLUGINS = Path.of("/opt/gateway/plugins");

    private final PluginScanner.Unreadable folder =
            new PluginScanner.Unreadable(PLUGINS, "This user may not list what is in it.");

    @Test
    void folderIsNamedWithTheCauseAndWhatToDo() {
        assertEquals(
                "A folder of plugins cannot be read (/opt/gateway/plugins). This user may not list what is in it. What is in"
                        + " it is not loaded. Let the user that the gateway runs as list and enter it, or move it away.",
                folder.problem(List.of()).text());
        assertFalse(folder.problem(List.of()).fatal());
    }

    @Test
    void pluginsThatGoOnAreNamed() {
        assertTrue(folder.problem(List.of("a.jar"))
                .text()
                .contains(" in it. a.jar, which was loaded from it before, goes on serving. Let "));
        assertTrue(folder.problem(List.of("a.jar", "b.jar"))
                .text()
                .contains(" in it. a.jar, b.jar, which were loaded from it before, go on serving. Let "));
    }

    @Test
    void itHidesItselfAndWhatLiesInIt() {
        assertTrue(folder.hides(PLUGINS));
        assertTrue(folder.hides(PLUGINS.resolve("a.jar")));
        assertFalse(folder.hides(PLUGINS.resolve("b/b.jar")));
        assertFalse(folder.hides(PLUGINS.resolveSibling("more")));
    }
}
