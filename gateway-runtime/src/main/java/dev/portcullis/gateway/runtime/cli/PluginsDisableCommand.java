package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import dev.portcullis.gateway.runtime.operate.PluginFileWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins disable}. */
@Command(name = "disable", description = "Keep a plugin, or one provider of it, from being loaded.")
final class PluginsDisableCommand extends PluginFileCommand {
    @Parameters(paramLabel = "NAME", description = "File name, module name, or name of a provider.")
    String name = "";

    PluginsDisableCommand(CliContext context) {
        super(context);
    }

    @Override
    PluginFileReport work() {
        return PluginFileWork.turn(
                name, false, stateDirectory(), config(), Distribution.home().map(home -> home.resolve("plugins")));
    }
}
