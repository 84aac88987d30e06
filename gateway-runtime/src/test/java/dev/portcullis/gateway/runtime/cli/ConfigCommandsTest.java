package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandsTest {
    @TempDir
    Path stateDir;

    private CommandRunner portcullis;

    @BeforeEach
    void configure() {
        portcullis = new CommandRunner(stateDir)
                .root(Map.of(
                        "gateway",
                        Map.of(
                                "port",
                                18789,
                                "bind",
                                "loopback",
                                "auth",
                                Map.of("mode", "token", "token", "very-secret-value"),
                                "tools",
                                Map.of("deny", List.of("browser")))));
    }

    @Test
    void fileIsPrinted() {
        assertEquals(
                stateDir.resolve("gateway.conf") + "\n",
                portcullis.run("config", "file").out());
    }

    @Test
    void withoutAFileItSaysWhereToWriteOne() {
        CommandRunner.Ran ran = portcullis.withoutFile().run("config", "file");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertTrue(
                        ran.err().contains(stateDir.resolve("gateway.conf").toString()), ran.err()));
    }

    @Test
    void theOptionNamesTheFile() {
        assertEquals(
                "/some/where.json5\n",
                portcullis
                        .run("config", "file", "--config", "/some/where.json5")
                        .out());
    }

    @Test
    void aNumberATextAndAListElementAreFound() {
        assertAll(
                () -> assertEquals(
                        "18789\n",
                        portcullis.run("config", "get", "gateway.port").out()),
                () -> assertEquals(
                        "loopback\n",
                        portcullis.run("config", "get", "gateway.bind").out()),
                () -> assertEquals(
                        "\"loopback\"\n",
                        portcullis
                                .run("config", "get", "gateway.bind", "--json")
                                .out()),
                () -> assertEquals(
                        "browser\n",
                        portcullis.run("config", "get", "gateway.tools.deny[0]").out()));
    }

    @Test
    void secretsAreHiddenInEveryForm() {
        assertAll(
                () -> assertEquals(
                        "__OPENCLAW_REDACTED__\n",
                        portcullis.run("config", "get", "gateway.auth.token").out()),
                () -> assertFalse(portcullis.run("config", "get").out().contains("very-secret")),
                () -> assertFalse(portcullis
                        .run("config", "get", "gateway", "--json")
                        .out()
                        .contains("very-secret")));
    }

    @Test
    void anUnsetPathFailsAndSuggestsAKnownOne() {
        CommandRunner.Ran ran = portcullis.run("config", "get", "gateway.prot");

        assertAll(
                () -> assertEquals(1, ran.exit()),
                () -> assertTrue(ran.err().contains("did you mean \"gateway.port\"?"), ran.err()));
    }

    @Test
    void aValidConfigurationIsSaidToBeValidWithItsWarnings() {
        CommandRunner.Ran ran =
                portcullis.warnings("tools.exec is not used here").run("config", "validate");

        assertEquals(
                "Config valid: " + stateDir.resolve("gateway.conf") + "\n  warning: tools.exec is not used here\n",
                ran.out());
    }

    @Test
    void aValidConfigurationInJson() {
        Object json = portcullis.run("config", "validate", "--json").json();

        assertEquals(
                Map.of("valid", true, "path", stateDir.resolve("gateway.conf").toString(), "warnings", List.of()),
                json);
    }

    @Test
    void allProblemsAreReportedWithExitCode78() {
        CommandRunner.Ran ran = portcullis
                .problems("gateway.port: \"x\" is no port", "tools.alow: unknown")
                .run("config", "validate");

        assertAll(
                () -> assertEquals(78, ran.exit()),
                () -> assertTrue(ran.err().contains("  - gateway.port: \"x\" is no port\n"), ran.err()),
                () -> assertTrue(ran.err().contains("  - tools.alow: unknown\n"), ran.err()));
    }

    @Test
    void allProblemsInJson() {
        CommandRunner.Ran ran = portcullis.problems("one", "two").run("config", "validate", "--json");

        Fields document = Fields.of(ran.json());
        assertAll(
                () -> assertEquals(78, ran.exit()),
                () -> assertEquals(Boolean.FALSE, document.value("valid")),
                () -> assertEquals(
                        List.of(Map.of("message", "one"), Map.of("message", "two")), document.value("issues")));
    }
}
