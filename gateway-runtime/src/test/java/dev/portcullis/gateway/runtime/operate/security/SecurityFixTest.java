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
import java.util.Set;
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
                              slack: { dmPolicy: "open", "groupPolicy" : "allowlist" } },
                  note: "groupPolicy: open", }
                """;
        gateway.config(before);

        FixReport report = SecurityFix.apply(gateway.subject());

        assertAll(
                () -> assertEquals(
                        List.of(
                                "channels.telegram.groupPolicy: open -> allowlist",
                                "channels.telegram.accounts.work.groupPolicy: open -> allowlist"),
                        report.changes()),
                () -> assertTrue(report.configWritten()),
                () -> assertEquals(
                        before.replace("groupPolicy: \"open\"", "groupPolicy: \"allowlist\"")
                                .replace("'groupPolicy': 'open'", "'groupPolicy': 'allowlist'"),
                        Files.readString(gateway.config)));
    }

    @Test
    void secondRunChangesNothing() throws IOException {
        gateway.config("{channels:{telegram:{groupPolicy:'open'}}}");
        Subjects.mode(gateway.state, "rwxr-xr-x");
        SecurityFix.apply(gateway.subject());

        FixReport again = SecurityFix.apply(gateway.subject());

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

        FixReport report = SecurityFix.apply(gateway.subject());

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
    void valueOfAVariableOrAnIncludeIsReportedAsNotApplied() throws IOException {
        gateway.config("{channels:{telegram:{groupPolicy:'${POLICY}'}}}");

        FixReport report = SecurityFix.apply(gateway.subject(Map.of("POLICY", "open"), AuditSubject.Assumed.NOTHING));

        assertAll(
                () -> assertFalse(report.ok()),
                () -> assertFalse(report.configWritten()),
                () -> assertTrue(report.errors().getFirst().startsWith("channels.telegram.groupPolicy is left open")));
    }

    @Test
    void keyThatIsWrittenTwiceIsNotGuessedAt() throws IOException {
        String text = "{channels:{telegram:{groupPolicy:'open'}},channels:{telegram:{groupPolicy:'open'}}}";
        gateway.config(text);

        FixReport report = SecurityFix.apply(gateway.subject());

        assertAll(() -> assertFalse(report.ok()), () -> assertEquals(text, Files.readString(gateway.config)));
    }

    @Test
    void hoconIsNotEdited() throws IOException {
        AuditSubject subject =
                gateway.config("{channels:{telegram:{groupPolicy:'open'}}}").subject();
        Path hocon = Files.writeString(gateway.state.resolve("gateway.conf"), "channels.telegram.groupPolicy = open");

        FixReport report = SecurityFix.apply(new AuditSubject(
                subject.root(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                AuditSubject.Assumed.NOTHING,
                Map.of(),
                new AuditSubject.Places(folder, gateway.state, Optional.of(hocon), Set.of(), List.of())));

        assertTrue(report.errors().getFirst().contains("HOCON"), report.errors().toString());
    }
}
