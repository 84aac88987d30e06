package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import dev.portcullis.gateway.runtime.operate.PluginFileWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins enable}. */
@Command(name = "enable", description = "Bring back what \"plugins disable\" switched off.")
final class PluginsEnableCommand extends PluginFileCommand {
    @Parameters(paramLabel = "NAME", description = "File name, module name, or name of a provider.")
    String name = "";

    PluginsEnableCommand(CliContext context) {
        super(context);
    }

    @Override
    PluginFileReport work() {
        return PluginFileWork.turn(
                name, true, stateDirectory(), config(), Distribution.home().map(home -> home.resolve("plugins")));
    }
}
