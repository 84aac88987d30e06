package dev.portcullis.gateway.runtime.operate.doctor;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.config.StateLock;
import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says about the state directory, the files in it, and plugins. */
class FileChecksTest {
    private static final String NOBODY = "999999999";

    @TempDir
    Path folder;

    private Ward ward;

    @BeforeEach
    void prepare() throws Exception {
        ward = new Ward(folder);
    }

    @Test
    void stateDirectoryThatIsAFileIsSaid() throws Exception {
        Files.delete(ward.file);
        Files.delete(ward.state);
        Files.writeString(ward.state, "");

        assertEquals(Severity.ERROR, ward.finding(new StateIntegrity()).severity());
    }

    @Test
    void stateDirectoryThatIsYetToBeMadeIsNothingWrong() throws Exception {
        Files.delete(ward.file);
        Files.delete(ward.state);

        assertEquals(List.of(), ward.findings(new StateIntegrity()));
    }

    @Test
    void whatIsOpenToOthersIsClosedOnce() throws Exception {
        Ward.mode(ward.state, "rwxrwxrwx");
        Ward.mode(ward.file, "rw-r--r--");

        Repairs first = ward.repaired(new StatePermissions());
        Repairs second = ward.repaired(new StatePermissions());

        assertAll(
                () -> assertEquals(
                        List.of("chmod 700 " + ward.state, "chmod 600 " + ward.file), first.changes(), first::toString),
                () -> assertEquals(
                        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(ward.state))),
                () -> assertEquals(List.of(), second.changes()),
                () -> assertEquals(List.of(), ward.findings(new StatePermissions())));
    }

    @Test
    void pluginFolderThatOthersMayWriteIsSaidAndLeftToItsOwner() throws Exception {
        Ward.mode(ward.plugins, "rwxrwxrwx");

        Finding finding = ward.finding(new StatePermissions());

        assertEquals(Severity.ERROR, finding.severity());
        assertTrue(finding.repair().isEmpty());
    }

    @Test
    void lockOfAGatewayThatWasKilledIsCleared() throws Exception {
        Path lock = Files.writeString(ward.state.resolve("gateway.lock"), NOBODY + "\nhttp://127.0.0.1:18789\n");

        Finding finding = ward.finding(new StateLockFile());
        Repairs repairs = ward.repaired(new StateLockFile());

        assertAll(
                () -> assertEquals(Severity.INFO, finding.severity()),
                () -> assertTrue(finding.message().contains(NOBODY), finding.message()),
                () -> assertEquals(1, repairs.changes().size(), repairs::toString),
                () -> assertEquals("", Files.readString(lock)),
                () -> assertEquals(List.of(), ward.findings(new StateLockFile())));
    }

    @Test
    void lockOfAGatewayThatRunsIsNothingWrong() throws Exception {
        try (StateLock held = StateLock.take(StateDirectory.open(ward.state))) {
            assertEquals(List.of(), ward.findings(new StateLockFile()), held::toString);
        }
    }

    @Test
    void lockThatIsNoFileIsSaid() throws Exception {
        Files.createDirectory(ward.state.resolve("gateway.lock"));

        assertEquals(Severity.ERROR, ward.finding(new StateLockFile()).severity());
    }

    @Test
    void soundSessionStoreIsReadAndNotTouched() throws Exception {
        Path store = ward.state.resolve(SqliteSessionStore.FILE_NAME);
        SqliteSessionStore.open(store).close();
        List<String> before = names(ward.state);

        List<Finding> findings = ward.findings(new SessionStoreHolds());

        assertEquals(List.of(), findings);
        assertEquals(before, names(ward.state));
    }

    @Test
    void sessionStoreOfAGatewayThatRunsIsReadToo() {
        Path store = ward.state.resolve(SqliteSessionStore.FILE_NAME);
        try (SqliteSessionStore used = SqliteSessionStore.open(store)) {
            assertEquals(List.of(), ward.findings(new SessionStoreHolds()), used::toString);
        }
    }

    @Test
    void damagedSessionStoreIsSaid() throws Exception {
        Files.writeString(ward.state.resolve(SqliteSessionStore.FILE_NAME), "no database at all".repeat(400));

        assertEquals(Severity.ERROR, ward.finding(new SessionStoreHolds()).severity());
    }

    private static List<String> names(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void recordsThatCannotBeWrittenAreSaidByTheirKey() throws Exception {
        Files.createDirectory(ward.state.resolve("audit.jsonl"));

        assertEquals("logging.audit.file", ward.finding(new WritableFiles()).path());
    }

    @Test
    void fullDiskIsAnErrorAndASmallOneAWarning() {
        Severity full =
                ward.finding(new DiskSpace(disk -> OptionalLong.of(1_000_000))).severity();
        Severity small =
                ward.finding(new DiskSpace(disk -> OptionalLong.of(60_000_000))).severity();

        assertAll(
                () -> assertEquals(Severity.ERROR, full),
                () -> assertEquals(Severity.WARNING, small),
                () -> assertEquals(List.of(), ward.findings(new DiskSpace(disk -> OptionalLong.of(Long.MAX_VALUE)))));
    }

    @Test
    void emptyTokenFileIsSaidAndNeverFilled() throws Exception {
        ward.config("{}");
        Path token = Files.writeString(ward.state.resolve("gateway.token"), "\n");

        Finding finding = ward.finding(new GatewayToken());

        assertAll(
                () -> assertTrue(finding.message().contains("is empty"), finding.message()),
                () -> assertTrue(finding.repair().isEmpty()),
                () -> assertEquals("\n", Files.readString(token)));
    }

    @Test
    void tokenFileDoesNotMatterWhereATokenIsConfigured() throws Exception {
        Files.writeString(ward.state.resolve("gateway.token"), "");

        assertEquals(List.of(), ward.findings(new GatewayToken()));
    }

    @Test
    void pluginThatWouldNotLoadIsAWarning() throws Exception {
        Files.writeString(ward.plugins.resolve("broken.jar"), "no jar");

        Finding finding = ward.finding(new PluginsLoad());

        assertEquals(Severity.WARNING, finding.severity());
        assertTrue(finding.message().contains("broken.jar"), finding.message());
    }

    @Test
    void pluginThatIsNeededAndWouldNotLoadIsAnError() throws Exception {
        Files.writeString(ward.plugins.resolve("broken.jar"), "no jar");
        ward.config("{plugins: {entries: {'broken.jar': {required: true}}}}");

        assertEquals(Severity.ERROR, ward.finding(new PluginsLoad()).severity());
    }

    @Test
    void pluginThatIsKeptOutIsNotLookedAt() throws Exception {
        Files.writeString(ward.plugins.resolve("broken.jar"), "no jar");
        ward.config("{plugins: {deny: ['broken.jar']}}");

        assertEquals(List.of(), ward.findings(new PluginsLoad()));
    }

    @Test
    void linesOfPluginsThatAreGoneAreTakenOutOfTheLock() throws Exception {
        Path lock = ward.plugins.resolve("plugins.lock");
        Files.writeString(lock, "0".repeat(64) + "  1.0  gone.jar\n");

        Repairs repairs = ward.repaired(new PluginLockFits());

        assertAll(
                () -> assertEquals(1, repairs.changes().size(), repairs::toString),
                () -> assertFalse(Files.readString(lock).contains("gone.jar")),
                () -> assertTrue(Files.readString(ward.plugins.resolve("plugins.lock.bak"))
                        .contains("gone.jar")),
                () -> assertEquals(List.of(), ward.findings(new PluginLockFits())));
    }

    @Test
    void lockThatNobodyUnderstandsIsAnErrorWhereItDecides() throws Exception {
        Files.writeString(ward.plugins.resolve("plugins.lock"), "what is this\n");

        Severity without = ward.finding(new PluginLockFits()).severity();
        ward.config("{plugins: {verify: 'locked'}}");
        Severity with = ward.finding(new PluginLockFits()).severity();

        assertEquals(Severity.WARNING, without);
        assertEquals(Severity.ERROR, with);
    }
}
