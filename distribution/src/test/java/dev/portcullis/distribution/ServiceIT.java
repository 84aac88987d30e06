package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What there is to run the gateway for real: units, container file, completion, manual page, the lock of its state. */
@EnabledIf("dev.portcullis.distribution.Archive#runs")
class ServiceIT {
    @TempDir
    private static Path folder;

    private static UnpackedGateway gateway;

    @BeforeAll
    static void unpack() {
        gateway = UnpackedGateway.in(folder).withEnvironment("HOME", folder.toString());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void unitOfTheUserIsWrittenOnceAndNotOverwritten() throws Exception {
        UnpackedGateway.CommandResult first = gateway.command("gateway", "install");
        UnpackedGateway.CommandResult second = gateway.command("gateway", "install");
        Path unit = folder.resolve(".config/systemd/user/portcullis.service");
        String text = Files.readString(unit);
        Files.writeString(unit, "# mine\n");
        UnpackedGateway.CommandResult third = gateway.command("gateway", "install");

        assertEquals(0, first.exit(), first::toString);
        assertTrue(first.out().contains("systemctl --user enable --now portcullis.service"), first::out);
        assertEquals(0, second.exit(), second::toString);
        assertTrue(
                text.contains("ExecStart=\"" + gateway.home() + "/bin/portcullis\" run --state-dir \"" + gateway.state()
                        + "\""),
                text);
        assertEquals(1, third.exit());
        assertEquals("# mine\n", Files.readString(unit));
    }

    @Test
    void systemdTakesTheUnits() throws Exception {
        assumeTrue(runs("command -v systemd-analyze"));
        String system = Files.readString(gateway.home().resolve("share/systemd/portcullis.service"))
                .replace("/opt/portcullis", "/bin/true #")
                .replaceAll("ExecStart=.*", "ExecStart=/bin/true")
                .replaceAll("(User|Group)=portcullis", "$1=root");
        Files.writeString(folder.resolve("system.service"), system);
        Files.writeString(
                folder.resolve("user.service"),
                gateway.command("gateway", "install", "--print").out());

        for (String unit : List.of("system.service", "user.service")) {
            UnpackedGateway.CommandResult verified =
                    gateway.shell(folder, folder, "systemd-analyze verify --man=no ./" + unit + " 2>&1");
            assertFalse(
                    verified.out().lines().anyMatch(line -> line.contains(unit) && !line.contains("not executable")),
                    verified::toString);
        }
    }

    @Test
    void containerFileCopiesWhatTheArchiveHas() throws Exception {
        Files.readString(gateway.home().resolve("share/container/Containerfile"))
                .lines()
                .filter(line -> line.startsWith("COPY "))
                .map(line -> line.split(" ")[1])
                .forEach(source -> assertTrue(Files.exists(gateway.home().resolve(source)), source));
    }

    @Test
    void bashCompletesCommands() {
        String script = "source '" + gateway.home() + "/share/completion/portcullis.bash'\n"
                + "complete -p portcullis\n"
                + "COMP_WORDS=(portcullis plugins ''); COMP_CWORD=2; COMP_LINE='portcullis plugins '; COMP_POINT=19\n"
                + "$(complete -p portcullis | sed 's/.*-F \\([^ ]*\\).*/\\1/') portcullis '' plugins\n"
                + "printf '%s\\n' \"${COMPREPLY[@]}\"\n";

        UnpackedGateway.CommandResult completed = gateway.shell(folder, folder, "set +eu\n" + script);

        assertTrue(completed.out().contains("portcullis"), completed::toString);
        assertTrue(completed.out().lines().anyMatch(line -> line.strip().equals("verify")), completed::toString);
        assertTrue(completed.out().lines().anyMatch(line -> line.strip().equals("new")), completed::toString);
    }

    @Test
    void completionAndManualAreThoseOfTheCommands() throws Exception {
        assertEquals(
                Files.readString(gateway.home().resolve("share/completion/portcullis.bash"))
                        .strip(),
                gateway.command("completion").out().strip());
        String manual = Files.readString(gateway.home().resolve("share/man/man1/portcullis.1"));
        assertTrue(manual.contains(".SS portcullis config set"), manual);
        assertTrue(manual.contains("78"), manual);
        assumeTrue(runs("command -v groff"));
        UnpackedGateway.CommandResult formatted = gateway.shell(
                folder,
                folder,
                "groff -man -Tutf8 -ww '" + gateway.home() + "/share/man/man1/portcullis.1' 2>&1 >/dev/null");
        assertEquals("", formatted.out());
    }

    @Test
    void schemaOfTheArchiveIsTheCommands() throws Exception {
        assertEquals(
                Files.readString(gateway.home().resolve("conf/portcullis.schema.json"))
                        .strip(),
                gateway.command("config", "schema").out().strip());
    }

    @Test
    void secondGatewayOnTheSameStateIsRefused() throws Exception {
        gateway.start();

        UnpackedGateway.CommandResult second = gateway.command("run", "--port", "0");

        assertEquals(1, second.exit(), second::toString);
        assertTrue(second.err().contains("another gateway (process "), second::err);
        assertTrue(second.err().contains("--state-dir"), second::err);
        assertTrue(Files.exists(gateway.state().resolve("gateway.lock")));
        assertEquals(200, gateway.invoke("{\"tool\":\"session_status\"}").statusCode());
    }

    private static boolean runs(String script) {
        return gateway.shell(folder, folder, script).exit() == 0;
    }
}
