package dev.portcullis.gateway.runtime.operate.security;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityFixTest {
    @TempDir
    Path folder;

    private Subjects gateway;

    @BeforeEach
    void prepare() throws IOException {
        gateway = new Subjects(folder);
    }

    @Test
    void openGroupsAreClosedAndNothingElseIsTouched() throws IOException {
        String before = """
                // mine
                { gateway: { bind: 'lan', auth: { token: "short" } }, // keep
                  channels: { telegram: { groupPolicy: "open", accounts: { work: { 'groupPolicy': 'open' } } },
                              slack: { dmPolicy: "open", "groupPolicy" : "allowlist" } }, /* groupPolicy: "open" */
                  tools: { elevated: { enabled: true } }, }
                """;
        gateway.config(before);

        FixReport report = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertEquals(
                        List.of(
                                "channels.telegram.groupPolicy: open -> allowlist",
                                "channels.telegram.accounts.work.groupPolicy: open -> allowlist"),
                        report.changes()),
                () -> assertTrue(report.configWritten()),
                () -> assertEquals(
                        before.replace("groupPolicy: \"open\", acc", "groupPolicy: \"allowlist\", acc")
                                .replace("'groupPolicy': 'open'", "'groupPolicy': \"allowlist\""),
                        Files.readString(gateway.config)),
                () -> assertEquals(before, Files.readString(gateway.state.resolve("openclaw.json.bak"))),
                () -> assertEquals(
                        "600",
                        FileMode.of(gateway.state.resolve("openclaw.json.bak"))
                                .orElseThrow()
                                .octal()));
    }

    @Test
    void secondRunChangesNothing() throws IOException {
        gateway.config("{channels:{telegram:{groupPolicy:'open'}}}");
        Subjects.mode(gateway.state, "rwxr-xr-x");
        SecurityFix.apply(gateway.subject(), gateway::editor);

        FixReport again = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertTrue(again.ok()),
                () -> assertFalse(again.configWritten()),
                () -> assertTrue(again.actions().stream().noneMatch(FixReport.Action::done)));
    }

    @Test
    void permissionsAreNarrowedAndLinksAreLeftAlone() throws IOException {
        gateway.config("{}");
        Path elsewhere = Files.writeString(folder.resolve("elsewhere.json"), "{}");
        Subjects.mode(elsewhere, "rw-r--r--");
        Files.createDirectory(gateway.state.resolve("credentials"));
        Path link = Files.createSymbolicLink(gateway.state.resolve("credentials/x.json"), elsewhere);
        Path store = Files.writeString(gateway.state.resolve("sessions.sqlite"), "");
        Subjects.mode(store, "rw-r--r--");
        Subjects.mode(gateway.state, "rwxrwxrwx");
        Subjects.mode(gateway.config, "rw-rw-rw-");

        FixReport report = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertEquals(
                        "700", FileMode.of(gateway.state).orElseThrow().octal()),
                () -> assertEquals(
                        "600", FileMode.of(gateway.config).orElseThrow().octal()),
                () -> assertEquals("600", FileMode.of(store).orElseThrow().octal()),
                () -> assertEquals("644", FileMode.of(elsewhere).orElseThrow().octal()),
                () -> assertTrue(report.actions().stream()
                        .anyMatch(action ->
                                action.path().equals(link) && action.skipped().equals("symlink"))));
    }

    @Test
    void valueOfAVariableIsReportedAsNotApplied() throws IOException {
        gateway.config("{channels:{telegram:{groupPolicy:'${POLICY}'}}}");

        FixReport report = SecurityFix.apply(
                gateway.subject(Map.of("POLICY", "open"), AuditSubject.Assumed.NOTHING), gateway::editor);

        assertAll(
                () -> assertFalse(report.ok()),
                () -> assertFalse(report.configWritten()),
                () -> assertTrue(report.errors().getFirst().startsWith("Left open: channels.telegram.groupPolicy. ")));
    }

    @Test
    void ofAKeyThatIsWrittenTwiceTheOneThatCountsIsChanged() throws IOException {
        gateway.config("{channels:{telegram:{groupPolicy:'open'}},channels:{telegram:{groupPolicy:'open'}}}");

        FixReport report = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertTrue(report.ok()),
                () -> assertTrue(new Examined(gateway.subject(), Optional.empty())
                        .channels()
                        .openKeys()
                        .isEmpty()));
    }

    @Test
    void whatAnIncludeOpensIsClosedWhereItIsIncluded() throws Exception {
        gateway.config("{$include:'./channels.json',tools:{profile:'minimal'}}");
        Path include =
                Files.writeString(gateway.state.resolve("channels.json"), "{channels:{telegram:{groupPolicy:'open'}}}");

        FixReport report = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertTrue(report.ok(), report.errors().toString()),
                () -> assertEquals("600", FileMode.of(include).orElseThrow().octal()),
                () -> assertTrue(new Examined(gateway.subject(), Optional.empty())
                        .channels()
                        .openKeys()
                        .isEmpty()));
    }

    @Test
    void configurationThatDoesNotHoldIsNotEditedButItsModeIsNarrowed() throws IOException {
        String text = "{gateway:{nosuchkey:1},channels:{telegram:{groupPolicy:'open'}}}";
        gateway.config(text);
        Subjects.mode(gateway.config, "rw-r--r--");

        FixReport report = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertFalse(report.ok()),
                () -> assertTrue(
                        report.errors().getFirst().contains("nosuchkey"),
                        report.errors().toString()),
                () -> assertEquals(text, Files.readString(gateway.config)),
                () -> assertEquals(
                        "600", FileMode.of(gateway.config).orElseThrow().octal()));
    }

    @Test
    void hoconKeepsItsComments() throws IOException {
        gateway.config = gateway.state.resolve("gateway.conf");
        gateway.config("# mine\nchannels.telegram.groupPolicy = open # for now\n");

        FixReport report = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertTrue(report.ok(), report.errors().toString()),
                () -> assertEquals(
                        "# mine\nchannels.telegram.groupPolicy = allowlist # for now\n",
                        Files.readString(gateway.config).replace("\"", "")));
    }

    @Test
    void fileOfTheArchiveIsLeftAlone() throws IOException {
        gateway.config("{channels:{telegram:{groupPolicy:'open'}}}");
        Subjects.mode(gateway.config, "rw-r--r--");
        gateway.shipped = true;

        FixReport report = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertFalse(report.ok()),
                () -> assertFalse(report.configWritten()),
                () -> assertEquals(
                        "644", FileMode.of(gateway.config).orElseThrow().octal()));
    }

    @Test
    void secretsAuthAddressesToolsAndPluginsAreNeverTouched() throws Exception {
        String text = "{gateway:{bind:'lan',auth:{mode:'none'},tools:{allow:['exec']}},tools:{exec:{security:'full'}},"
                + "plugins:{verify:'off'},channels:{telegram:{dmPolicy:'open'}}}";
        gateway.config(text);
        Path plugins = Files.createDirectory(gateway.plugins());
        Path plugin = Files.writeString(plugins.resolve("x.jar"), "x");
        Subjects.mode(plugin, "rw-rw-rw-");

        FixReport report = SecurityFix.apply(gateway.subject(), gateway::editor);

        assertAll(
                () -> assertEquals(List.of(), report.changes()),
                () -> assertEquals(text, Files.readString(gateway.config)),
                () -> assertEquals("666", FileMode.of(plugin).orElseThrow().octal()));
    }
}
