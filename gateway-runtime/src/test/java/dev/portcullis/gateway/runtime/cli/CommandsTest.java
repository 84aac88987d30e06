package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import picocli.CommandLine;

class CommandsTest {
    private final ConfigAccess.Locator locator = Mockito.mock(ConfigAccess.Locator.class);
    private final GatewayProcess.Starter starter = Mockito.mock(GatewayProcess.Starter.class);
    private final RunCommand.Host host = Mockito.mock(RunCommand.Host.class);

    @Test
    void aStartMakesNoOtherCommand() {
        CommandLine line = named("--json", "--config", "gateway.conf", "run", "--port", "0");

        assertEquals(Set.of("run"), line.getSubcommands().keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "help run",
                "run --help",
                "completion",
                "man",
                "",
                "--version",
            })
    void whatShowsCommandsShowsAll(String args) {
        assertEquals(
                whole().getSubcommands().keySet(),
                named(args.split(" ")).getSubcommands().keySet());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tols run",
                "run tools",
                "run --prt 1",
                "run --port",
                "run --port one",
                "run run",
                "--config",
                "plugins",
                "plugins lst",
                "tools explain",
                "invoke --json",
                "--jsn run",
                "nothing",
            })
    void whoeverIsWrongHearsTheSameAsOfTheWholeTree(String args) {
        Said ofAll = said(whole(), args.split(" "));

        Said ofSome = said(named(args.split(" ")), args.split(" "));

        assertEquals(ofAll, ofSome);
        assertTrue(ofAll.exit() != 0);
        Mockito.verifyNoInteractions(starter, host, locator);
    }

    private record Said(int exit, String out, String err) {}

    private static Said said(CommandLine line, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new Said(exit, out.toString(), err.toString());
    }

    private CommandLine named(String... args) {
        return Commands.line(List.of(args), surroundings(), locator, starter, host);
    }

    private CommandLine whole() {
        return Commands.line(surroundings(), locator, starter, host);
    }

    private static Surroundings surroundings() {
        return new Surroundings(Map.of(), Path.of("no-state"), new ByteArrayInputStream(new byte[0]));
    }
}
