package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import dev.portcullis.gateway.runtime.operate.PluginFileWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins remove}. */
@Command(name = "remove", description = "Delete a plugin's files, and its line in plugins.lock.")
final class PluginsRemoveCommand extends PluginFileCommand {
    @Parameters(paramLabel = "NAME", description = "File or folder name, with or without .jar.")
    String name = "";

    @Mixin
    final PluginsFolder folder = new PluginsFolder();

    PluginsRemoveCommand(CliContext context) {
        super(context);
    }

    @Override
    PluginFileReport work() {
        return PluginFileWork.remove(name, folder.path(), config());
    }
}
