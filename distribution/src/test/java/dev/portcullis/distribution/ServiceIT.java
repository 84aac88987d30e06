package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    void containerFileCopiesWhatTheArchiveHasAndStartsWhatItCopied() throws Exception {
        List<String> lines = containerFile();
        Map<String, String> copied = new LinkedHashMap<>();
        lines.stream().filter(line -> line.startsWith("COPY ")).forEach(line -> {
            String[] words = line.split(" ");
            copied.put(words[2], words[1]);
            assertTrue(Files.exists(gateway.home().resolve(words[1])), line);
        });
        Matcher entry = Pattern.compile("ENTRYPOINT \\[\"([^\"]+)\"]").matcher(only(lines, "ENTRYPOINT "));
        assertTrue(entry.matches());
        String launcher = entry.group(1);
        String folder = launcher.substring(0, launcher.lastIndexOf('/'));

        assertTrue(copied.containsKey(folder), copied::toString);
        Path inArchive = gateway.home().resolve(copied.get(folder)).resolve(launcher.substring(folder.length() + 1));
        assertTrue(Files.isExecutable(inArchive), inArchive::toString);
        // what the launcher reads has to lie beside it
        String root = folder.substring(0, folder.lastIndexOf('/'));
        for (String part : List.of("bin", "conf", "lib", "plugins")) {
            assertEquals(part, copied.get(root + "/" + part));
        }
    }

    @Test
    void containerRunsAsNobodySpecialOnAnImageWithAVersion() throws Exception {
        List<String> lines = containerFile();

        assertTrue(only(lines, "FROM ").matches("FROM \\S+:25\\S*"), lines::toString);
        String user = only(lines, "USER ").substring("USER ".length());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("RUN useradd") && line.contains(" " + user + " ")));
        assertTrue(lines.indexOf("USER " + user) < lines.indexOf(only(lines, "ENTRYPOINT ")));
        String state = only(lines, "ENV PORTCULLIS_STATE_DIR=").split("=")[1];
        assertEquals("VOLUME " + state, only(lines, "VOLUME "));
        assertTrue(lines.stream().anyMatch(line -> line.contains("chown " + user + " " + state)), lines::toString);
        assertEquals("STOPSIGNAL SIGTERM", only(lines, "STOPSIGNAL "));
    }

    @Test
    void containerStartsWithOptionsThatTheCommandHas() throws Exception {
        Matcher arguments = Pattern.compile("CMD \\[(.+)]").matcher(only(containerFile(), "CMD [\""));
        assertTrue(arguments.matches());
        List<String> words = List.of(arguments.group(1).replace("\"", "").split(", *"));

        UnpackedGateway.CommandResult help = gateway.command(words.getFirst(), "--help");

        assertEquals(0, help.exit(), help::toString);
        words.stream()
                .filter(word -> word.startsWith("--"))
                .forEach(option -> assertTrue(help.out().contains(option), option));
    }

    private static List<String> containerFile() throws IOException {
        return Files.readString(gateway.home().resolve("share/container/Containerfile"))
                .replaceAll("\\s*\\\\\\R\\s*", " ")
                .lines()
                .toList();
    }

    private static String only(List<String> lines, String start) {
        List<String> found =
                lines.stream().filter(line -> line.startsWith(start)).toList();
        assertEquals(1, found.size(), start);
        return found.getFirst();
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
