package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.ServiceUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code portcullis gateway install}. */
@Command(
        name = "install",
        description = "Write a systemd unit of the user for this gateway, and say what to do with it. Starts nothing.",
        footer = {"", "For a unit of the system with a user of its own, see share/systemd of the archive."})
final class GatewayInstallCommand implements Callable<Integer> {
    @Option(names = "--print", description = "Print the unit, and write nothing.")
    boolean print;

    @Option(names = "--force", description = "Replace a unit that is there and differs.")
    boolean force;

    private final CliContext context;

    GatewayInstallCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path home = Distribution.home()
                .map(Path::toAbsolutePath)
                .orElseThrow(() ->
                        CliException.failed("There is no archive to install: run bin/portcullis of an unpacked one"));
        Path stateDir = context.configuration().stateDir();
        String unit = ServiceUnit.text(home, stateDir);
        Path target = ServiceUnit.file(
                context.surroundings().environment(), context.surroundings().home());
        Output output = context.output();
        if (print) {
            output.line(unit.strip());
            return ExitStatus.OK;
        }
        boolean written = write(target, unit);
        List<String> next = List.of(
                "systemctl --user daemon-reload",
                "systemctl --user enable --now " + ServiceUnit.NAME,
                "loginctl enable-linger    # so that it runs while you are not logged in",
                "journalctl --user -u " + ServiceUnit.NAME + " -f");
        if (output.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("unit", target.toString());
            document.put("changed", written);
            document.put("next", next);
            output.document(document);
            return ExitStatus.OK;
        }
        output.line(written ? "Wrote " + target + "." : target + " is there already, as it should be.");
        output.line("Next:");
        next.forEach(line -> output.line("  " + line));
        return ExitStatus.OK;
    }

    private boolean write(Path target, String unit) {
        try {
            if (Files.exists(target)) {
                if (Files.readString(target).equals(unit)) {
                    return false;
                }
                if (!force) {
                    throw CliException.failed(target + " is there already and says something else: nothing is written."
                            + " Compare it with what --print shows, or replace it with --force.");
                }
            }
            Files.createDirectories(target.getParent());
            Files.writeString(target, unit);
            return true;
        } catch (IOException unwritable) {
            throw CliException.failed(target + " cannot be written (" + unwritable + "). Check the permissions of the"
                    + " folder, or use --print.");
        }
    }
}
