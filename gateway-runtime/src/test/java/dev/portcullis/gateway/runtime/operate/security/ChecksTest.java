package dev.portcullis.gateway.runtime.operate.security;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {
    @TempDir
    Path folder;

    private Subjects gateway;

    @BeforeEach
    void prepare() throws IOException {
        gateway = new Subjects(folder).config("{}");
    }

    static Stream<Arguments> rows() throws IOException {
        try (InputStream in = ChecksTest.class.getResourceAsStream("audit-checks.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split(" \\| "))
                            .map(parts -> Arguments.of(parts[0], parts[1], parts[2], parts[3]))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest(name = "{0} is {1} for {2}")
    @MethodSource("rows")
    void checkReportsWhatItIsAboutAndNothingElse(String id, String severity, String reported, String quiet)
            throws IOException {
        List<Finding> loud = findings(reported, id);
        List<Finding> silent = findings(quiet, id);

        assertAll(
                () -> assertEquals(
                        Set.of(severity),
                        loud.stream().map(found -> found.severity().word()).collect(Collectors.toSet())),
                () -> assertTrue(loud.stream().noneMatch(found -> found.title().isBlank())),
                () -> assertEquals(List.of(), silent));
    }

    @Test
    void everyCheckOfTheConfigurationHasARow() throws IOException {
        Set<String> tested = rows().map(row -> row.get()[0].toString()).collect(Collectors.toSet());

        List<String> missing = Checks.all().stream()
                .filter(check -> !(check instanceof PermissionCheck))
                .map(Check::id)
                .filter(id -> tested.stream()
                        .noneMatch(one -> one.matches(id.replace(".", "\\.").replace("*", ".+"))))
                .toList();

        assertEquals(
                List.of(
                        "gateway.env_token_overrides_config",
                        "summary.attack_surface",
                        "plugins.extensions_no_allowlist",
                        "plugins.tools_reachable_permissive_policy",
                        "fs.state_dir.symlink",
                        "fs.config.symlink",
                        "fs.synced_dir"),
                missing,
                "tested by methods of this class instead");
    }

    @Test
    void idsAreUnique() {
        List<String> ids = Checks.all().stream().map(Check::id).toList();

        assertEquals(ids.size(), Set.copyOf(ids).size());
    }

    @Test
    void anotherTokenInTheEnvironmentIsReported() throws IOException {
        gateway.config("{gateway:{auth:{token:'0123456789abcdef01234567'}}}");

        List<Finding> found = run(gateway.subject(
                Map.of("OPENCLAW_GATEWAY_TOKEN", "another-token-0123456789"), AuditSubject.Assumed.NOTHING));

        assertEquals(1, count(found, "gateway.env_token_overrides_config"));
    }

    @Test
    void passwordOfAVariableIsNotInTheFile() throws IOException {
        gateway.config("{gateway:{auth:{mode:'password',password:'${SECRET}'}}}");

        List<Finding> found =
                run(gateway.subject(Map.of("SECRET", "0123456789abcdef01234567"), AuditSubject.Assumed.NOTHING));

        assertEquals(0, count(found, "config.secrets.gateway_password_in_config"));
    }

    @Test
    void assumedModeWinsOverTheConfiguredOne() throws IOException {
        gateway.config("{gateway:{auth:{token:'0123456789abcdef01234567'}}}");

        List<Finding> found = run(gateway.subject(
                Map.of(), new AuditSubject.Assumed(Optional.of("none"), Optional.empty(), Optional.empty())));

        assertEquals(1, count(found, "gateway.http.no_auth"));
    }

    @Test
    void attackSurfaceIsAlwaysSummed() throws IOException {
        assertEquals(1, count(run(gateway.subject()), "summary.attack_surface"));
    }

    @Test
    void installedPluginsWithoutAListAreReported() throws IOException {
        plugin();

        List<Finding> found = run(gateway.subject());

        assertAll(
                () -> assertEquals(1, count(found, "plugins.extensions_no_allowlist")),
                () -> assertEquals(1, count(found, "plugins.tools_reachable_permissive_policy")));
    }

    @Test
    void listedPluginsAndToolsAreNot() throws IOException {
        plugin();
        gateway.config("{plugins:{allow:['weather']},tools:{allow:['weather_now']}}");

        List<Finding> found = run(gateway.subject());

        assertAll(
                () -> assertEquals(0, count(found, "plugins.extensions_no_allowlist")),
                () -> assertEquals(0, count(found, "plugins.tools_reachable_permissive_policy")));
    }

    @Test
    void pluginThatOthersMayWriteIsReportedWithItsMode() throws IOException {
        Subjects.mode(plugin(), "rw-rw-rw-");

        Finding found = run(gateway.subject()).stream()
                .filter(one -> one.checkId().equals("portcullis.plugins.folder_writable"))
                .findFirst()
                .orElseThrow();

        assertTrue(found.detail().contains("mode=666"), found.detail());
    }

    @Test
    void tokenFileThatOthersMayReadIsCritical() throws IOException {
        Path token = Files.writeString(gateway.state.resolve("gateway.token"), "secret");
        Subjects.mode(token, "rw-r-----");

        List<Finding> found = run(gateway.subject());

        assertAll(
                () -> assertEquals(1, count(found, "portcullis.fs.token_file.perms_readable")),
                () -> assertTrue(found.stream().noneMatch(one -> one.toString().contains("secret"))));
    }

    @Test
    void openStoresLogsRecordsAndLogInsAreReported() throws IOException {
        gateway.config("{logging:{file:'gateway.log'}}");
        Path agent = Files.createDirectories(gateway.state.resolve("agents/main/agent"));
        for (Path file : List.of(
                gateway.state.resolve("sessions.sqlite"),
                gateway.state.resolve("gateway.log"),
                gateway.state.resolve("audit.jsonl"),
                agent.resolve("auth-profiles.json"))) {
            Subjects.mode(Files.writeString(file, ""), "rw-r--r--");
        }

        Set<String> found =
                run(gateway.subject()).stream().map(Finding::checkId).collect(Collectors.toSet());

        assertTrue(
                found.containsAll(Set.of(
                        "fs.sessions_store.perms_readable",
                        "fs.log_file.perms_readable",
                        "portcullis.fs.audit_file.perms_readable",
                        "fs.auth_profiles.perms_readable")),
                found.toString());
    }

    @Test
    void linksAndSynchronisedFoldersAreReported() throws IOException {
        Path dropbox = Files.createDirectory(folder.resolve("Dropbox"));
        Path linked = Files.createSymbolicLink(dropbox.resolve("state"), gateway.state);
        AuditSubject subject = gateway.subject();
        AuditSubject moved = new AuditSubject(
                subject.root(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                AuditSubject.Assumed.NOTHING,
                Map.of(),
                new AuditSubject.Places(folder, linked, Optional.empty(), Set.of(), List.of()));

        List<Finding> found = run(moved);

        assertAll(
                () -> assertEquals(1, count(found, "fs.state_dir.symlink")),
                () -> assertEquals(1, count(found, "fs.synced_dir")));
    }

    @Test
    void suppressedFindingsMoveButTheirListDoesNotHide() throws IOException {
        gateway.config("{gateway:{auth:{mode:'none'}},security:{audit:{suppressions:["
                + "{checkId:'gateway.http.no_auth',titleIncludes:'without auth',reason:'a lab'},"
                + "{checkId:'security.audit.suppressions.active'}]}}}");

        AuditReport report = new SecurityAudit(SecurityAudit.BUDGET).run(gateway.subject(), List.of());

        assertAll(
                () -> assertEquals(0, count(report.findings(), "gateway.http.no_auth")),
                () -> assertEquals(1, count(report.suppressed(), "gateway.http.no_auth")),
                () -> assertEquals(1, count(report.findings(), SecurityAudit.SUPPRESSIONS)));
    }

    @Test
    void suppressionForAnotherTitleHidesNothing() throws IOException {
        gateway.config("{gateway:{auth:{mode:'none'}},security:{audit:{suppressions:["
                + "{checkId:'gateway.http.no_auth',titleIncludes:'something else'}]}}}");

        assertEquals(1, count(run(gateway.subject()), "gateway.http.no_auth"));
    }

    @Test
    void checkThatHangsOrFailsIsItselfAFinding() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        Check failing = check("test.failing", found -> {
            throw new IllegalStateException("secret-value");
        });
        Check hanging = check("test.hanging", found -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });

        AuditReport report =
                new SecurityAudit(List.of(failing, hanging), Duration.ofMillis(300)).run(gateway.subject(), List.of());

        String detail = report.findings().getFirst().detail();
        assertAll(
                () -> assertEquals(
                        "portcullis.audit.incomplete",
                        report.findings().getFirst().checkId()),
                () -> assertTrue(detail.contains("test.failing"), detail),
                () -> assertTrue(detail.contains("test.hanging (out of time)"), detail),
                () -> assertFalse(detail.contains("secret-value"), detail));
    }

    @Test
    void secretsAppearInNoFinding() throws IOException {
        gateway.config("{gateway:{auth:{mode:'password',password:'hunter2-canary',token:'canary-token'},"
                + "bind:'lan'},hooks:{token:'canary-hook'}}");

        List<Finding> found = run(gateway.subject());

        assertTrue(found.stream().noneMatch(one -> one.toString().contains("canary")), found.toString());
    }

    private static Check check(String id, Consumer<Consumer<Finding>> body) {
        return new Check(id) {
            @Override
            void examine(Examined gateway, Consumer<Finding> found) {
                body.accept(found);
            }
        };
    }

    private Path plugin() throws IOException {
        Files.createDirectory(gateway.plugins());
        return Files.writeString(gateway.plugins().resolve("weather.jar"), "");
    }

    private List<Finding> findings(String config, String id) throws IOException {
        gateway.config(config);
        return run(gateway.subject()).stream()
                .filter(found -> found.checkId().equals(id))
                .toList();
    }

    private static List<Finding> run(AuditSubject subject) {
        return new SecurityAudit(SecurityAudit.BUDGET).run(subject, List.of()).findings();
    }

    private static long count(List<Finding> findings, String id) {
        return findings.stream().filter(found -> found.checkId().equals(id)).count();
    }
}
