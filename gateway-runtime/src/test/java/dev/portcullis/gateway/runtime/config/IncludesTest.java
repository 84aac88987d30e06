package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludesTest {
    @TempDir
    Path directory;

    @Test
    void filesMergeInOrderListsAreJoinedAndKeysBesideWin() {
        Given given = given().file("a.json", "{ tools: { deny: ['a'], profile: 'full' }, gateway: { port: 1 } }")
                .file("b.json5", "{ tools: { deny: ['b'] }, gateway: { port: 2 } }");

        GatewayConfig config = given.valid("{ $include: ['a.json', './b.json5'], gateway: { port: 3 } }");

        assertEquals(List.of("a", "b"), config.tools().rules().deny().orElseThrow());
        assertEquals(ToolRules.Profile.FULL, config.tools().rules().profile().orElseThrow());
        assertEquals(3, config.server().port());
    }

    @Test
    void anIncludeWorksBelowAKey() {
        GatewayConfig config = given().file("auth/t.json", "{ mode: 'none' }")
                .valid("{ gateway: { auth: { $include: 'auth/t.json' } } }");

        assertEquals("none", config.auth().mode());
    }

    @Test
    void aProblemNamesTheIncludedFile() {
        Given given = given().file("a.json", "{\n port: 'x' }");

        Given.says(given.errors("{ gateway: { $include: 'a.json' } }"), "a.json:2", "gateway.port");
    }

    @Test
    void circlesAreNamed() {
        Given given = given().file("a.json", "{ $include: 'b.json' }").file("b.json", "{ $include: 'a.json' }");

        Given.says(given.errors("{ $include: 'a.json' }"), "Circular include detected", "a.json", "b.json");
    }

    @Test
    void aFileThatIncludesItselfIsACircle() {
        Given.says(given().errors("{ $include: 'openclaw.json' }"), "Circular include detected");
        Given.says(Given.errors(given().conf("include \"gateway.conf\"")), "Circular include detected");
    }

    @Test
    void depthIsBounded() {
        for (int i = 1; i < 12; i++) {
            given().file("f" + i + ".json", "{ $include: 'f" + (i + 1) + ".json' }");
        }
        Given.says(given().file("f12.json", "{}").errors("{ $include: 'f1.json' }"), "deeper than 10");
    }

    @Test
    void sizeIsBounded() {
        Given given = given().file("big.json", "{ // " + "x".repeat(2 * 1024 * 1024) + "\n}");

        Given.says(given.errors("{ $include: 'big.json' }"), "big.json", "larger than 2 MiB");
    }

    @Test
    void filesElsewhereAreRefusedAlsoThroughALink() throws IOException {
        Path inside = Files.createDirectory(directory.resolve("inside"));
        given().file("outside.json", "{}");
        Files.createSymbolicLink(inside.resolve("link.json"), directory.resolve("outside.json"));
        Given given = new Given(inside);

        Given.says(given.errors("{ $include: '../outside.json' }"), "outside of");
        Given.says(given.errors("{ $include: 'link.json' }"), "outside of");
        Given.says(given.errors("{ $include: '/etc/hosts' }"), "outside of");
        Given.says(Given.errors(given.conf("include \"../outside.json\"")), "outside of");
    }

    @Test
    void aDirectoryMayBeAllowedByVariable() throws IOException {
        Path inside = Files.createDirectory(directory.resolve("inside"));
        given().file("outside.json", "{ gateway: { port: 4 } }");
        Given given = new Given(inside, java.util.Map.of("OPENCLAW_INCLUDE_ROOTS", directory.toString()));

        assertEquals(4, given.valid("{ $include: '../outside.json' }").server().port());
    }

    @Test
    void hardLinksAreRefused() throws IOException {
        given().file("one.json", "{}");
        Files.createLink(directory.resolve("two.json"), directory.resolve("one.json"));

        Given.says(given().errors("{ $include: 'two.json' }"), "hard link");
    }

    @Test
    void aMissingFileIsAnErrorAndIsWatchedFor() {
        ConfigReading reading = given().json("{ $include: 'none.json' }");

        Given.says(Given.errors(reading), "none.json", "does not exist");
        assertTrue(
                reading.files().contains(directory.resolve("none.json")),
                () -> reading.files().toString());
    }

    @Test
    void includedFileThatSaysNothingIsNamed() {
        Given given = given().file("rules.json", "// nothing").file("rules.conf", "");

        Given.says(given.errors("{ tools: { $include: 'rules.json' } }"), "rules.json", "the file is empty");
        Given.says(Given.errors(given.conf("include \"rules.conf\"")), "rules.conf", "the file is empty");
    }

    @Test
    void hoconIncludesFilesBesideItAndNothingFromTheNetwork() {
        Given given = given().file("more.conf", "gateway.port = 5");

        assertEquals(
                5, Given.valid(given.conf("include \"more.conf\"")).server().port());
        Given.says(Given.errors(given.conf("include url(\"http://127.0.0.1:1/x\")")), "URL");
        Given.says(Given.errors(given.conf("include classpath(\"x.conf\")")), "class path");
        Given.says(Given.errors(given.conf("include \"none.conf\"")), "does not exist");
    }

    private Given given() {
        return new Given(directory);
    }
}
