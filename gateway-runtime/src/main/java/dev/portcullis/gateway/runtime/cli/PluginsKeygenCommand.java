package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import dev.portcullis.gateway.runtime.operate.PluginFileWork;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins keygen}. */
@Command(name = "keygen", description = "Make a pair of keys for signing plugins.")
final class PluginsKeygenCommand extends PluginFileCommand {
    @Parameters(paramLabel = "FILE", description = "Where the private key goes; the public one goes to FILE.pub.")
    Path file = Path.of("");

    PluginsKeygenCommand(CliContext context) {
        super(context);
    }

    @Override
    PluginFileReport work() {
        return PluginFileWork.keygen(file);
    }
}
