package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import dev.portcullis.gateway.runtime.operate.PluginFileWork;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins install}. */
@Command(
        name = "install",
        description = "Check a plugin, copy it into the plugin folder, and note its digest in plugins.lock.")
final class PluginsInstallCommand extends PluginFileCommand {
    @Parameters(
            paramLabel = "FILE|DIR",
            description = "Jar, or folder with the plugin's jars; a signature beside it comes along.")
    Path plugin = Path.of("");

    @Option(names = "--replace", description = "Take the place of the same plugin.")
    boolean replace;

    @Option(
            names = "--downgrade",
            description = "Let an earlier version of a signed plugin come back than served before.")
    boolean downgrade;

    @Mixin
    final PluginsFolder folder = new PluginsFolder();

    PluginsInstallCommand(CliContext context) {
        super(context);
    }

    @Override
    PluginFileReport work() {
        return PluginFileWork.install(
                plugin, folder.path(), replace, config(), downgrade ? Optional.of(stateDirectory()) : Optional.empty());
    }
}
