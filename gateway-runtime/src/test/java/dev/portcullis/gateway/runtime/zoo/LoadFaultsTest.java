package dev.portcullis.gateway.runtime.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All plugins that cannot load, put at once into the folder of a gateway that serves: each is kept out and explained. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class LoadFaultsTest {
    @TempDir
    static Path home;

    private Zoo zoo;
    private final Set<String> unmade = new HashSet<>();

    @BeforeAll
    void bringThemAll() throws Exception {
        zoo = Zoo.open(home, "}, plugins: {loadTimeoutMs: 2000}");
        List<Path> made = new ArrayList<>();
        for (Specimen specimen : Specimens.all()) {
            Path at = zoo.workshop.resolve(specimen.file());
            try {
                specimen.build().make(zoo.tiny, at);
                made.add(at);
            } catch (FileSystemException notPermitted) {
                unmade.add(specimen.file()); // only root gives files away
                Files.deleteIfExists(at);
            }
        }
        zoo.bring(made);
        zoo.await("all are judged", () -> zoo.named("quarantined").size() == made.size());
    }

    @AfterAll
    void leave() throws Exception {
        System.setProperty("zoo.stop", "true");
        zoo.close();
        System.clearProperty("zoo.stop");
    }

    static Stream<Specimen> specimens() {
        return Specimens.all().stream();
    }

    @ParameterizedTest
    @MethodSource("specimens")
    void isKeptOutAndExplained(Specimen specimen) {
        assumeTrue(!unmade.contains(specimen.file()));

        List<String> problems = zoo.problems(specimen.file());

        assertEquals(1, problems.size(), problems::toString);
        String text = problems.getFirst();
        assertTrue(
                text.startsWith(
                        "Plugin " + specimen.file() + " is not loaded (" + zoo.folder.resolve(specimen.file()) + "). "),
                text);
        assertTrue(text.contains(specimen.cause()), text);
        assertTrue(text.indexOf(specimen.advice()) > text.indexOf(specimen.cause()), text);
        assertEquals(1, text.lines().count(), "one line");
        assertTrue(text.endsWith(".") || text.endsWith("'"), text);
        assertFalse(zoo.log.with(text).isEmpty(), "the log says the same");
    }

    @Test
    void documentSaysWhatTheGatewaySays() {
        Map<String, String> texts = new TreeMap<>();
        Specimens.all().stream()
                .filter(specimen -> !unmade.contains(specimen.file()))
                .forEach(specimen ->
                        texts.put(specimen.file(), zoo.problems(specimen.file()).getFirst()));

        List<String> differences = FaultTables.differences(
                FaultTables.of(
                        "the message says",
                        "## Files",
                        "## What it is made of",
                        "## What it says and does while it is loaded"),
                texts);

        assertEquals(List.of(), unmade.isEmpty() ? differences : List.of());
    }

    @Test
    void everybodyElseIsServedWhileTheyComeAndAfterwards() {
        zoo.assertOthersAreServed();
    }

    @Test
    void thereAreThirtyAndMore() {
        assertTrue(Specimens.all().size() >= 30);
    }
}
