package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.LoggingConfig;
import dev.portcullis.gateway.runtime.operate.StartReport;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    @TempDir
    Path stateDir;

    private final List<GatewayProcess.Settings> started = new ArrayList<>();
    private final List<String> happened = new ArrayList<>();
    private Runnable stop = () -> {};
    private Runnable reload = () -> {};
    private String authMode = "token";
    private boolean ownToken = true;
    private boolean goesOn = true;

    private CommandRunner portcullis() {
        return new CommandRunner(stateDir)
                .starting(
                        settings -> {
                            started.add(settings);
                            return new FakeProcess();
                        },
                        new RunCommand.Host() {
                            @Override
                            public void log(LoggingConfig config) {
                                happened.add("log");
                            }

                            @Override
                            public void onStop(Runnable action) {
                                stop = action;
                            }

                            @Override
                            public void onReload(Runnable action) {
                                reload = action;
                            }

                            @Override
                            public void serving() {
                                happened.add("serving");
                            }
                        });
    }

    private final class FakeProcess implements GatewayProcess {
        @Override
        public StartReport report() {
            Path spaced = Path.of("/state of it's/gateway.token");
            return new StartReport(
                    "1.2.3",
                    new StartReport.Place(
                            URI.create("http://127.0.0.1:18789"),
                            stateDir,
                            ownToken ? Optional.of(spaced) : Optional.empty(),
                            Optional.of(stateDir.resolve("audit.jsonl")),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    "/conf/gateway.conf",
                    authMode,
                    List.of(new StartReport.PluginLine("text.jar", "1.0", false, List.of("tools"))),
                    List.of(
                            new StartReport.ToolLine("word_count", "text", true, Optional.empty(), List.of()),
                            new StartReport.ToolLine("agents_list", "core", false, Optional.empty(), List.of()),
                            new StartReport.ToolLine(
                                    "exec",
                                    "shell",
                                    false,
                                    Optional.of("tools.allow"),
                                    List.of("tools.allow: add \"exec\""))),
                    List.of("Plugin broken.jar is not loaded (plugins/broken.jar). It is no zip."),
                    List.of(),
                    List.of("tools.deny names nothing"));
        }

        @Override
        public void reload() {
            happened.add("reload");
        }

        @Override
        public boolean awaitStop() {
            happened.add("wait");
            stop.run();
            return goesOn;
        }

        @Override
        public void close() {
            happened.add("close");
        }
    }

    @Test
    void runSaysWhereItListensWhatItFoundAndWhatPolicyHides() {
        CommandRunner.Ran ran = portcullis().run("run");

        assertAll(
                () -> assertEquals(0, ran.exit(), ran.err()),
                () -> assertTrue(
                        ran.out().startsWith("Portcullis 1.2.3 listens on http://127.0.0.1:18789\n"), ran.out()),
                () -> assertTrue(ran.out().contains("token in /state of it's/gateway.token"), ran.out()),
                () -> assertTrue(ran.out().contains("agents_list  core\n"), ran.out()),
                () -> assertTrue(ran.out().contains("exec         shell   tools.allow: add \"exec\"\n"), ran.out()),
                () -> assertTrue(ran.out().contains("  - Plugin broken.jar is not loaded"), ran.out()),
                () -> assertTrue(ran.out().contains("  - tools.deny names nothing"), ran.out()));
    }

    @Test
    void gatewayThatCannotGoOnIsAFailure() {
        goesOn = false;

        assertEquals(1, portcullis().run("run").exit());
    }

    @Test
    void whoIsAskedToReloadLetsTheGatewayDoIt() {
        portcullis().run("run");
        happened.clear();

        reload.run();

        assertEquals(List.of("reload"), happened);
    }

    @Test
    void theCurlLineReadsTheTokenFileAndNamesAToolThatNeedsNothing() {
        String out = portcullis().run("run").out();

        assertTrue(
                out.contains("printf 'Authorization: Bearer %s\\n' \"$(cat '/state of it'\\''s/gateway.token')\""
                        + " | curl -sS http://127.0.0.1:18789/tools/invoke -H @- -H 'Content-Type: application/json' "
                        + "-d '{\"tool\":\"agents_list\",\"args\":{}}'"),
                out);
    }

    @Test
    void withoutAuthenticationTheCurlLineHasNoCredential() {
        authMode = "none";
        ownToken = false;

        String out = portcullis().run("run").out();

        assertTrue(out.contains("/tools/invoke -H 'Content-Type"), out);
    }

    @Test
    void inJsonItIsOneLine() {
        CommandRunner.Ran ran = portcullis().run("run", "--json");

        Fields document = Fields.of(ran.json());
        assertAll(
                () -> assertEquals(1, ran.out().lines().count()),
                () -> assertEquals("started", document.text("event")),
                () -> assertEquals("http://127.0.0.1:18789", document.text("url")),
                () -> assertEquals(3, document.objects("tools").size()));
    }

    @Test
    void gatewayRunIsTheSameWithItsOptions() {
        portcullis()
                .run(
                        "gateway",
                        "run",
                        "--port",
                        "0",
                        "--bind",
                        "lan",
                        "--auth",
                        "token",
                        "--token",
                        "of-the-line-0123456789",
                        "--allow-unconfigured",
                        "--state-dir",
                        stateDir.toString());

        GatewayProcess.Settings settings = started.getFirst();
        assertAll(
                () -> assertEquals(0, settings.overrides().port().orElseThrow()),
                () -> assertEquals(Optional.of("lan"), settings.overrides().bind()),
                () -> assertEquals(Optional.of("token"), settings.overrides().authMode()),
                () -> assertEquals(
                        "of-the-line-0123456789",
                        settings.overrides().token().orElseThrow().reveal()),
                () -> assertTrue(settings.overrides().allowUnconfigured()),
                () -> assertEquals(Optional.of(stateDir), settings.stateDir()));
    }

    @Test
    void aTokenOfTheCommandLineIsNeverPrinted() {
        CommandRunner.Ran ran = portcullis().run("run", "--token", "of-the-line-0123456789");

        assertFalse((ran.out() + ran.err()).contains("of-the-line"));
    }

    @Test
    void aStopClosesTheGateway() {
        portcullis().run("run");

        assertEquals(List.of("log", "serving", "wait", "close"), happened);
    }

    @Test
    void aWrongConfigurationStartsNothingAndReportsAll() {
        CommandRunner.Ran ran = portcullis().problems("one", "two").run("run");

        assertAll(
                () -> assertEquals(78, ran.exit()),
                () -> assertEquals(3, ran.err().lines().count(), ran.err()),
                () -> assertTrue(started.isEmpty()));
    }

    @Test
    void aPortThatIsNoneIsAUsageError() {
        assertEquals(2, portcullis().run("run", "--port", "70000").exit());
    }
}
