package dev.portcullis.gateway.runtime.operate.doctor;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.LastGood;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says about configurations, and makes of them. */
class ConfigurationChecksTest {
    private static final String BROKEN = "{gateway: {prot: 1}}";

    @TempDir
    Path folder;

    private Ward ward;

    @BeforeEach
    void prepare() throws Exception {
        ward = new Ward(folder);
    }

    @Test
    void soundGatewayHasNothingWrong() {
        DoctorReport report = new Doctor().examine(ward.patient(), id -> !id.endsWith("/java"));

        assertFalse(report.has(Severity.WARNING), report::toString);
        assertEquals(List.of(), report.failed());
        assertEquals(1, report.skipped());
    }

    @Test
    void checkThatBreaksIsNamedAndTheOthersRun() {
        Check broken = new Check("core/doctor/broken") {
            @Override
            void examine(Patient patient, java.util.function.Consumer<Finding> found) {
                throw new IllegalStateException("with a secret");
            }
        };

        DoctorReport report = new Doctor(List.of(broken, new ConfigHolds())).examine(ward.patient(), id -> true);

        assertEquals(List.of("core/doctor/broken (IllegalStateException)"), report.failed());
        assertEquals(1, report.run());
    }

    @Test
    void problemIsSaidWithItsKeyItsPlaceAndAdvice() throws Exception {
        ward.config(BROKEN);

        Finding finding = ward.finding(new ConfigHolds());

        assertAll(
                () -> assertEquals(Severity.ERROR, finding.severity()),
                () -> assertEquals("gateway.prot", finding.path()),
                () -> assertTrue(finding.message().startsWith(ward.file + ":1: "), finding.message()),
                () -> assertEquals("Did you mean \"port\"?", finding.fixHint()));
    }

    @Test
    void fileThatIsNoneIsAProblemToo() throws Exception {
        ward.config("{gateway: ");

        assertTrue(ward.finding(new ConfigHolds()).path().startsWith(ward.file.toString()));
    }

    @Test
    void lastKnownGoodIsPutBackAndWhatWasThereKept() throws Exception {
        LastGood.keep(Files.readString(ward.file), ward.file, ward.state);
        ward.config(BROKEN);

        Repairs repairs = ward.repaired(new LastKnownGood());

        assertAll(
                () -> assertEquals(1, repairs.changes().size(), repairs::toString),
                () -> assertEquals(Ward.SOUND, Files.readString(ward.file)),
                () -> assertEquals(BROKEN, Files.readString(ward.state.resolve("openclaw.json.bak"))),
                () -> assertEquals(List.of(), ward.findings(new LastKnownGood())));
    }

    @Test
    void lastKnownGoodThatDoesNotHoldEitherIsLeftAlone() throws Exception {
        ward.config(BROKEN);
        LastGood.keep(Files.readString(ward.file), ward.file, ward.state);

        assertEquals(List.of(), ward.findings(new LastKnownGood()));
    }

    @Test
    void keysThatAreRetiredAreTakenOutAndCommentsStay() throws Exception {
        ward.config("""
                {
                  // kept
                  gateway: { auth: { mode: 'token', token: '%s' }, tailscale: { resetOnExit: true } },
                  logging: { redactSensitive: 'tools' },
                }
                """.formatted(Ward.TOKEN));

        Repairs repairs = ward.repaired(new RetiredKeys());

        String text = Files.readString(ward.file);
        assertAll(
                () -> assertEquals(1, repairs.changes().size(), repairs::toString),
                () -> assertTrue(text.contains("// kept"), text),
                () -> assertFalse(text.contains("redactSensitive") || text.contains("resetOnExit"), text),
                () -> assertEquals(List.of(), ward.findings(new RetiredKeys())));
    }

    @Test
    void listOfAgentsBecomesEntries() throws Exception {
        ward.config("{agents: {list: [{id: 'Main', tools: {deny: ['exec']}}, {id: 'ops'}]}}");

        Repairs repairs = ward.repaired(new RetiredAgentList());

        assertAll(
                () -> assertEquals(List.of(), repairs.errors()),
                () -> assertEquals(1, repairs.changes().size()),
                () -> assertEquals(
                        List.of("main", "ops"),
                        List.copyOf(ward.patient()
                                        .config()
                                        .orElseThrow()
                                        .agents()
                                        .entries()
                                        .keySet())
                                .stream()
                                .sorted()
                                .toList()),
                () -> assertEquals(List.of(), ward.findings(new RetiredAgentList())));
    }

    @Test
    void listWithAVariableIsLeftToItsAuthor() throws Exception {
        ward.variables.put("MODEL", "what-the-variable-holds");
        String text = "{agents: {list: [{id: 'main', model: '${MODEL}'}]}}";
        ward.config(text);

        Repairs repairs = ward.repaired(new RetiredAgentList());

        assertEquals(List.of(), repairs.changes());
        assertEquals(text, Files.readString(ward.file));
    }

    @Test
    void variableWithAnotherSecretThanTheConfigurationIsNamedAndNotShown() {
        ward.variables.put("PORTCULLIS_GATEWAY_TOKEN", "another-token-0123456789abcdef");

        Finding finding = ward.finding(new OtherCredential());

        assertAll(
                () -> assertTrue(finding.message().contains("PORTCULLIS_GATEWAY_TOKEN"), finding.message()),
                () -> assertFalse(finding.toString().contains("another-token"), finding.toString()),
                () -> assertFalse(finding.toString().contains(Ward.TOKEN), finding.toString()));
    }

    @Test
    void addressOfAnotherMachineCannotBeListenedAt() throws Exception {
        ward.config("{gateway: {bind: 'custom', customBindHost: '203.0.113.7', auth: {mode: 'token', token: '"
                + Ward.TOKEN + "'}}}");

        assertEquals("gateway.customBindHost", ward.finding(new BoundAddress()).path());
    }

    @Test
    void certificateWithoutItsKeyIsSaid() throws Exception {
        Files.createDirectories(ward.state.resolve("gateway/tls"));
        Files.writeString(ward.state.resolve("gateway/tls/gateway-cert.pem"), "");
        ward.config("{gateway: {tls: {enabled: true}, auth: {mode: 'token', token: '" + Ward.TOKEN + "'}}}");

        Finding finding = ward.finding(new Certificates());

        assertTrue(finding.message().contains("gateway-key.pem"), finding.message());
    }

    @Test
    void certificateThatIsYetToBeMadeIsNothingWrong() throws Exception {
        ward.config("{gateway: {tls: {enabled: true}, auth: {mode: 'token', token: '" + Ward.TOKEN + "'}}}");

        assertEquals(List.of(), ward.findings(new Certificates()));
    }

    @Test
    void whatAnAuditCallsCriticalIsAnErrorAndItsWarningsAreCounted() throws Exception {
        ward.config("{gateway: {bind: 'lan', auth: {mode: 'none'}}}");

        List<Finding> findings = ward.findings(new SecurityFindings());

        assertAll(
                () -> assertTrue(
                        findings.stream().anyMatch(finding -> finding.message().contains("gateway.bind_no_auth")),
                        findings::toString),
                () -> assertEquals(Severity.INFO, findings.getLast().severity()),
                () -> assertTrue(findings.getLast().fixHint().contains("security audit")));
    }
}
