package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import dev.portcullis.gateway.runtime.operate.PluginFileWork;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins verify}. */
@Command(
        name = "verify",
        description = "Check a plugin without running any of its code.",
        footer = {"", "Exit code: 0 it would be loaded, 1 it would not."})
final class PluginsVerifyCommand extends PluginFileCommand {
    @Parameters(paramLabel = "FILE|DIR", description = "Jar, or folder with the plugin's jars.")
    Path plugin = Path.of("");

    PluginsVerifyCommand(CliContext context) {
        super(context);
    }

    @Override
    PluginFileReport work() {
        return PluginFileWork.verify(plugin, config());
    }
}
