package dev.portcullis.gateway.runtime.operate.doctor;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.gateway.runtime.operate.ServiceUnit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says about a gateway that runs or does not, its port, its unit and its Java. */
class GatewayChecksTest {
    @TempDir
    Path folder;

    private Ward ward;

    @BeforeEach
    void prepare() throws Exception {
        ward = new Ward(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "starting, INFO",
        "draining, INFO",
        "down, INFO",
        "wrong_port, WARNING",
        "refused, WARNING",
        "not_ready, ERROR",
        "untrusted, ERROR"
    })
    void stateOfTheGatewayHasItsSeverity(String state, Severity severity) {
        ward.seen(state, "so it is");

        Finding finding = ward.finding(new GatewayHealth());

        assertEquals(severity, finding.severity());
        assertEquals("so it is", finding.message());
    }

    @Test
    void gatewayThatIsDownAlthoughThereIsAUnitIsAWarning() throws Exception {
        Files.createDirectories(ward.unit().getParent());
        Files.writeString(ward.unit(), "");
        ward.seen("down", "nothing answers");

        assertEquals(Severity.WARNING, ward.finding(new GatewayHealth()).severity());
    }

    @Test
    void whoHasThePortIsNamedAsFarAsItIsKnown() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/net/tcp")));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ward.seen("foreign", "that is no gateway").port(other.getLocalPort());

            Finding finding = ward.finding(new GatewayPort());

            assertAll(
                    () -> assertTrue(
                            finding.message()
                                    .contains(
                                            "process " + ProcessHandle.current().pid()),
                            finding.message()),
                    () -> assertEquals(List.of(), ward.findings(new GatewayHealth())));
        }
    }

    @Test
    void portThatNobodyListensOnHasNoOwner() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertEquals(Optional.empty(), PortOwner.of(free));
    }

    @Test
    void whatTheGatewayWarnsOfIsPassedOn() {
        ward.seen("ok", "", "It has to be restarted for gateway.port");

        assertEquals(
                "It has to be restarted for gateway.port",
                ward.finding(new GatewaySays()).message());
    }

    private void unit(Path home, String from, String to) throws Exception {
        Files.createDirectories(ward.unit().getParent());
        Files.writeString(ward.unit(), ServiceUnit.text(home, ward.state).replace(from, to));
    }

    private Path archive(String name) throws Exception {
        Path program = folder.resolve(name).resolve("bin/portcullis");
        Files.createDirectories(program.getParent());
        Ward.mode(Files.writeString(program, ""), "rwxr-xr-x");
        return folder.resolve(name);
    }

    @Test
    void unitOfAnArchiveThatWasMovedIsWrittenAgain() throws Exception {
        unit(folder.resolve("old $one"), "", "");
        ward.distribution = Optional.of(archive("new"));
        String before = Files.readString(ward.unit());

        Repairs repairs = ward.repaired(new GatewayUnit());

        assertAll(
                () -> assertEquals(1, repairs.changes().size(), repairs::toString),
                () -> assertEquals(ServiceUnit.text(folder.resolve("new"), ward.state), Files.readString(ward.unit())),
                () -> assertEquals(before, Files.readString(folder.resolve("units/portcullis.service.bak"))),
                () -> assertEquals(List.of(), ward.findings(new GatewayUnit())));
    }

    @Test
    void unitThatSomebodyChangedIsNotWrittenOver() throws Exception {
        unit(folder.resolve("old"), "RestartSec=2", "RestartSec=30");
        ward.distribution = Optional.of(archive("new"));

        Finding finding = ward.finding(new GatewayUnit());

        assertEquals(Severity.ERROR, finding.severity());
        assertTrue(finding.repair().isEmpty());
    }

    @Test
    void unitThatStartsSomethingThatIsThereIsOnlyCompared() throws Exception {
        unit(archive("home"), "RestartSec=2", "RestartSec=30");
        ward.distribution = Optional.of(folder.resolve("home"));

        assertEquals(Severity.INFO, ward.finding(new GatewayUnit()).severity());
    }

    @Test
    void cacheThatDoesNotFitIsSaid() throws Exception {
        Files.writeString(ward.state.resolve("portcullis.aot"), "");
        ward.cacheFits = Optional.of(false);

        assertTrue(ward.finding(new StartCache()).fixHint().contains("portcullis warm"));
    }

    @Test
    void cacheOfWhichNothingIsKnownIsNothingWrong() throws Exception {
        Files.writeString(ward.state.resolve("portcullis.aot"), "");

        assertEquals(List.of(), ward.findings(new StartCache()));
    }
}
