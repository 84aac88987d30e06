package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.HeldEdit;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Edits of configuration files on a disk. */
class ConfigEditCommandsTest {
    private static final String HOCON = """
            # what this gateway is for
            gateway {
              port = 18789   # as everywhere
              # the fence
              tools.deny = [exec, "browser"]
            }
            tools.allow = [session_status] // one for now
            """;

    private static final String JSON5 = """
            // what this gateway is for
            {
              gateway: {
                port: 18789,   // as everywhere
                /* the fence */
                tools: { deny: ['exec', 'browser'] }
              },
              tools: { allow: ['session_status'], }, // one for now
            }
            """;

    @TempDir
    Path state;

    private Path file;
    private Map<String, String> variables = Map.of();
    private String input = "";
    private Optional<Path> home = Optional.empty();

    record Ran(int exit, String out, String err) {}

    @BeforeEach
    void aFile() throws Exception {
        file = Files.writeString(state.resolve("gateway.conf"), HOCON);
    }

    private Ran config(String... args) {
        List<String> line = new ArrayList<>(List.of("--state-dir", state.toString(), "config"));
        line.addAll(List.of(args));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ConfigEnvironment environment =
                new ConfigEnvironment(variables, ConfigEnvironment.Overrides.NONE, state.resolve("nobody"), false);
        CommandLine commands = Commands.line(
                new Surroundings(variables, state, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8))),
                ConfigFiles.locator(environment, home),
                settings -> {
                    throw new AssertionError("no gateway is to be started");
                },
                null);
        commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exit = commands.execute(line.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }

    private void json5() throws Exception {
        Files.delete(file);
        file = Files.writeString(state.resolve("openclaw.json"), JSON5);
    }

    static Stream<String> syntaxes() {
        return Stream.of("hocon", "json5");
    }

    private void given(String syntax) throws Exception {
        if (syntax.equals("json5")) {
            json5();
        }
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void settingAValueChangesNothingElse(String syntax) throws Exception {
        given(syntax);
        String before = Files.readString(file);

        Ran ran = config("set", "gateway.port", "18790");

        assertEquals(0, ran.exit(), ran::toString);
        assertEquals(before.replace("18789", "18790"), Files.readString(file));
        assertTrue(ran.out().contains("Restart the gateway for gateway.port"), ran::out);
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void digitsAreWrittenAsTheyAreGiven(String syntax) throws Exception {
        given(syntax);

        for (String value : List.of(
                "12345678901.12345678901",
                "1.50",
                "[1.50,0.1234567890123456789]",
                "{a:12345678901.12345678901}",
                "{a=1.50}")) {
            Ran ran = config("set", "plugins.entries.a.config.n", value);

            assertEquals(0, ran.exit(), () -> value + ran);
            String digits = value.replaceAll("[^0-9.,]", "");
            assertTrue(Files.readString(file).replaceAll("[^0-9.,]", "").contains(digits), Files.readString(file));
        }
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void newValuesArePutWhereTheyBelongAndCommentsStay(String syntax) throws Exception {
        given(syntax);

        Ran ran = config(
                "set",
                "gateway.customBindHost",
                "127.0.0.1",
                "session.mainKey",
                "home",
                "gateway.auth.rateLimit.maxAttempts",
                "3");

        assertEquals(0, ran.exit(), ran::toString);
        assertEquals("127.0.0.1", config("get", "gateway.customBindHost").out().strip());
        assertEquals("home", config("get", "session.mainKey").out().strip());
        assertEquals(
                "3", config("get", "gateway.auth.rateLimit.maxAttempts").out().strip());
        for (String comment : List.of("what this gateway is for", "as everywhere", "the fence", "one for now")) {
            assertTrue(Files.readString(file).contains(comment), comment);
        }
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void entriesOfListsAreSetAddedAndRemoved(String syntax) throws Exception {
        given(syntax);

        assertEquals(0, config("set", "gateway.tools.deny[1]", "shell").exit());
        assertEquals(0, config("set", "gateway.tools.deny[2]", "cron").exit());
        assertEquals(0, config("unset", "gateway.tools.deny[0]").exit());

        assertEquals(
                "[\"shell\",\"cron\"]",
                config("get", "gateway.tools.deny").out().replaceAll("\\s", ""));
        assertEquals(1, config("set", "gateway.tools.deny[7]", "x").exit());
    }

    @ParameterizedTest
    @MethodSource("syntaxes")
    void unsetRemovesTheKeyAndLeavesTheRest(String syntax) throws Exception {
        given(syntax);

        Ran ran = config("unset", "gateway.tools.deny", "gateway.port");

        assertEquals(0, ran.exit(), ran::toString);
        assertEquals(1, config("get", "gateway.tools.deny").exit());
        assertEquals(1, config("get", "gateway.port").exit());
        assertEquals("[\"session_status\"]", config("get", "tools.allow").out().replaceAll("\\s", ""));
        assertEquals(0, config("validate").exit());
    }

    @Test
    void editThatTheGatewayDoesNotHoldIsNotAccepted() throws Exception {
        Files.writeString(state.resolve("gateway.lock"), ProcessHandle.current().pid() + "\n");
        new HeldEdit("of another text", "2026-01-02T03:04:05Z", List.of("tools.deny: it is gone")).write(state);

        Ran ran = config("accept");

        assertEquals(1, ran.exit(), ran.out());
        assertTrue(ran.err().contains("Nothing was accepted: the gateway holds another edit"), ran.err());
        assertFalse(Files.exists(HeldEdit.acceptance(state)));
    }

    @Test
    void unsetOfWhatIsNotThereChangesNothing() throws Exception {
        Ran ran = config("unset", "session.scope");

        assertEquals(1, ran.exit());
        assertTrue(ran.err().contains("session.scope is not set there"), ran::err);
        assertEquals(HOCON, Files.readString(file));
    }

    @ParameterizedTest
    @CsvSource({
        "tools.profile, banana",
        "gateway.nosuchkey, 1",
        "gateway.port, http",
        "gateway.bind, lan-party",
    })
    void resultThatWouldNotHoldChangesNothing(String path, String value) throws Exception {
        Ran ran = config("set", "session.mainKey", "home", path, value);

        assertEquals(78, ran.exit());
        assertTrue(ran.err().contains(path), ran::err);
        assertTrue(ran.err().contains(file.toString()), ran::err);
        assertEquals(HOCON, Files.readString(file));
        assertOnly("gateway.conf");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Ran ran = config("set", "tools.profile", "banana", "gateway.port", "70000");

        assertTrue(ran.err().contains("tools.profile") && ran.err().contains("gateway.port"), ran::err);
    }

    @Test
    void whatWasThereIsKeptAndPutBack() throws Exception {
        config("set", "gateway.port", "18790");
        String edited = Files.readString(file);

        assertEquals(HOCON, Files.readString(state.resolve("gateway.conf.bak")));
        assertEquals(0, config("restore").exit());
        assertEquals(HOCON, Files.readString(file));
        assertEquals(0, config("restore").exit());
        assertEquals(edited, Files.readString(file));
    }

    @Test
    void whatServedLastIsPutBackOnRequest() throws Exception {
        Files.writeString(state.resolve("last-good-gateway.conf"), "gateway.port = 18791\n");
        Files.writeString(file, "gateway { port = ");

        Ran ran = config("restore", "--last-good");

        assertEquals(0, ran.exit(), ran::toString);
        assertEquals("18791", config("get", "gateway.port").out().strip());
        assertEquals("gateway { port = ", Files.readString(state.resolve("gateway.conf.bak")));
    }

    @Test
    void nothingToPutBackIsSaid() {
        assertEquals(1, config("restore").exit());
        assertEquals(1, config("restore", "--last-good").exit());
    }

    @Test
    void onlyTheOwnerReadsWhatIsWritten() throws Exception {
        config("set", "gateway.port", "18790");

        for (String name : List.of("gateway.conf", "gateway.conf.bak")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(name))));
        }
        assertOnly("gateway.conf", "gateway.conf.bak");
    }

    @Test
    void dryRunWritesNothing() throws Exception {
        assertEquals(0, config("set", "gateway.port", "18790", "--dry-run").exit());
        assertEquals(78, config("set", "gateway.port", "x", "--dry-run").exit());
        assertEquals(HOCON, Files.readString(file));
        assertOnly("gateway.conf");
    }

    @Test
    void linkStaysALink() throws Exception {
        Path real =
                Files.move(file, Files.createDirectories(state.resolve("real")).resolve("site.conf"));
        Files.createSymbolicLink(file, real);

        config("set", "gateway.port", "18790");

        assertTrue(Files.isSymbolicLink(file));
        assertTrue(Files.readString(real).contains("18790"));
    }

    @Test
    void secretComesFromStandardInputAndIsNotShown() throws Exception {
        input = "a-long-secret-0123456789abcdef\n";

        Ran ran = config("set", "gateway.auth.token", "-");

        assertEquals(0, ran.exit(), ran::toString);
        assertTrue(Files.readString(file).contains("a-long-secret-0123456789abcdef"));
        assertFalse((ran.out() + ran.err() + config("get").out()).contains("a-long-secret"));
    }

    @Test
    void whatIsShownForASecretIsNoSecret() throws Exception {
        Ran ran = config("set", "gateway.auth.token", "__OPENCLAW_REDACTED__");

        assertEquals(2, ran.exit());
        assertEquals(HOCON, Files.readString(file));
    }

    @Test
    void variablesInListsStayVariables() throws Exception {
        variables = Map.of("TOOL", "s3cret_tool");
        Files.writeString(file, "tools.allow = [\"${TOOL}\", one]\n");

        assertEquals(0, config("set", "tools.allow[1]", "two").exit());

        assertFalse(Files.readString(file).contains("s3cret_tool"), Files.readString(file));
        assertTrue(Files.readString(file).contains("${TOOL}"), Files.readString(file));
    }

    @Test
    void additionsAreLeftToHands() throws Exception {
        String text = "tools.deny = [one]\ntools.deny += two\n";
        Files.writeString(file, text);

        Ran ran = config("set", "tools.deny", "[three]");

        assertTrue(ran.exit() != 0, ran::toString);
        assertEquals(text, Files.readString(file));
    }

    @Test
    void shippedFileIsCopiedAndNotTouched() throws Exception {
        Files.delete(file);
        Path shipped = Files.writeString(
                Files.createDirectories(state.resolve("home/conf")).resolve("gateway.conf"), HOCON);
        home = Optional.of(state.resolve("home"));

        Ran ran = config("set", "gateway.port", "18790");

        assertEquals(0, ran.exit(), ran::toString);
        assertEquals(HOCON, Files.readString(shipped));
        assertEquals(HOCON.replace("18789", "18790"), Files.readString(file));
        assertTrue(ran.out().contains("Made " + file), ran::out);
    }

    @Test
    void firstValueMakesTheFile() throws Exception {
        Files.delete(file);

        assertEquals(0, config("set", "gateway.port", "18790").exit());

        assertEquals("18790", config("get", "gateway.port").out().strip());
    }

    @Test
    void settingWhatIsSoAlreadyWritesNothing() {
        Ran ran = config("set", "gateway.port", "18789");

        assertEquals(0, ran.exit());
        assertTrue(ran.out().contains("is so already"), ran::out);
        assertFalse(Files.exists(state.resolve("gateway.conf.bak")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"set gateway.port", "set", "unset", "set ..x 1", "set gateway.port null", "set tools.allow [1,"})
    void badCommandLineIsOneLineAndExitTwo(String line) throws Exception {
        Ran ran = config(line.split(" "));

        assertEquals(2, ran.exit(), ran::toString);
        assertEquals(1, ran.err().lines().count(), ran::err);
        assertEquals(HOCON, Files.readString(file));
    }

    @Test
    void fileThatCannotBeReadIsNotEdited() throws Exception {
        Files.writeString(file, "gateway { port = ");

        Ran ran = config("set", "gateway.port", "1");

        assertTrue(ran.exit() == 1 || ran.exit() == 78, ran::toString);
        assertEquals("gateway { port = ", Files.readString(file));
    }

    @Test
    void schemaIsPrinted() {
        assertTrue(config("schema").out().contains("\"$schema\""));
    }

    private void assertOnly(String... names) throws Exception {
        try (Stream<Path> files = Files.list(state)) {
            assertEquals(
                    List.of(names),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }
}
