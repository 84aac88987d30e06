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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {
    @TempDir
    static Path work;

    private static SamplePlugins samples;

    @TempDir
    Path folder;

    private Subjects gateway;

    @BeforeAll
    static void plugins() throws Exception {
        samples = new SamplePlugins(work);
    }

    @BeforeEach
    void prepare() throws IOException {
        gateway = new Subjects(folder).config("{}");
    }

    /** Check id, severity or {@code none}, configuration, surroundings. */
    static List<Arguments> cases() throws IOException {
        try (InputStream in = ChecksTest.class.getResourceAsStream("audit-checks.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| "))
                    .map(parts -> Arguments.of(parts[0], parts[1], parts[2], parts.length > 3 ? parts[3] : ""))
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0} is {1} for {2} {3}")
    @MethodSource("cases")
    void checkReportsWhatItIsAboutAndNothingElse(String id, String severity, String config, String surroundings)
            throws Exception {
        gateway.config(config.replace("$KEY", samples.publicKey())).with(surroundings, samples);

        List<Finding> found =
                run().stream().filter(finding -> finding.checkId().equals(id)).toList();

        assertAll(
                () -> assertEquals(
                        severity.equals("none") ? Set.of() : Set.of(severity),
                        found.stream().map(one -> one.severity().word()).collect(Collectors.toSet())),
                () -> assertTrue(found.stream()
                        .noneMatch(one -> one.title().isBlank() || one.detail().isBlank())),
                () -> assertTrue(found.stream()
                        .noneMatch(one -> one.remediation().isBlank() && one.severity() != Severity.INFO)));
    }

    @Test
    void everyCheckHasACaseThatIsReportedAndOneThatIsNot() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Check check : Checks.all()) {
            Set<Boolean> seen = cases().stream()
                    .filter(row -> is(check, row.get()[0].toString()))
                    .map(row -> row.get()[1].equals("none"))
                    .collect(Collectors.toSet());
            if (!seen.contains(false)) {
                missing.add(check.id() + " is never reported");
            }
            if (!seen.contains(true) && !check.id().equals("summary.attack_surface")) {
                missing.add(check.id() + " is always reported");
            }
        }
        List<String> unknown = cases().stream()
                .map(row -> row.get()[0].toString())
                .filter(id -> Checks.all().stream().noneMatch(check -> is(check, id)))
                .toList();

        assertAll(() -> assertEquals(List.of(), missing), () -> assertEquals(List.of(), unknown, "no such check"));
    }

    static boolean is(Check check, String id) {
        return id.matches(check.id().replace(".", "\\.").replace("*", "[^.]+"));
    }

    @Test
    void pluginOfAnotherUserIsCritical() throws Exception {
        gateway.with("plugin weather", samples);
        Check check = new ForeignPluginOwner(
                path -> Optional.of(path.endsWith("weather.jar") ? "mallory" : "root"), "gateway");
        List<Finding> found = new ArrayList<>();

        check.examine(new Examined(gateway.subject(), Optional.empty()), found::add);

        assertAll(
                () -> assertEquals(1, found.size()),
                () -> assertEquals(Severity.CRITICAL, found.getFirst().severity()),
                () -> assertTrue(found.getFirst().remediation().startsWith("chown gateway "), found::toString));
    }

    @Test
    void idsAreUnique() {
        List<String> ids = Checks.all().stream().map(Check::id).toList();

        assertEquals(ids.size(), Set.copyOf(ids).size());
    }

    @Test
    void assumedModeWinsOverTheConfiguredOne() throws IOException {
        gateway.config("{gateway:{auth:{token:'0123456789abcdef01234567'}}}");

        List<Finding> found = run(gateway.subject(
                Map.of(), new AuditSubject.Assumed(Optional.of("none"), Optional.empty(), Optional.empty())));

        assertEquals(1, count(found, "gateway.http.no_auth"));
    }

    @Test
    void pluginThatOthersMayWriteIsReportedWithItsMode() throws Exception {
        gateway.with("plugin weather; chmod 666 ../plugins/weather.jar", samples);

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
    void suppressedFindingsMoveButTheirListDoesNotHide() throws IOException {
        gateway.config("{gateway:{auth:{mode:'none'}},security:{audit:{suppressions:["
                + "{checkId:'gateway.http.no_auth',titleIncludes:'without auth',reason:'a lab'},"
                + "{checkId:'security.audit.suppressions.active'}]}}}");

        AuditReport report = new SecurityAudit(SecurityAudit.BUDGET).run(gateway.subject());

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
                new SecurityAudit(List.of(failing, hanging), Duration.ofMillis(300)).run(gateway.subject());

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

    private List<Finding> run() {
        SecurityAudit audit = new SecurityAudit(SecurityAudit.BUDGET);
        AuditSubject subject = gateway.subject();
        return gateway.probe
                .map(probe -> audit.deep(subject, probe))
                .orElseGet(() -> audit.run(subject))
                .findings();
    }

    private static List<Finding> run(AuditSubject subject) {
        return new SecurityAudit(SecurityAudit.BUDGET).run(subject).findings();
    }

    private static long count(List<Finding> findings, String id) {
        return findings.stream().filter(found -> found.checkId().equals(id)).count();
    }
}
