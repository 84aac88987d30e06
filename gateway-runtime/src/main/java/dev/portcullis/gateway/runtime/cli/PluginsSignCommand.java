package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import dev.portcullis.gateway.runtime.operate.PluginFileWork;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins sign}. */
@Command(name = "sign", description = "Sign a plugin: FILE.jar.sig beside a jar, plugin.sig in a folder.")
final class PluginsSignCommand extends PluginFileCommand {
    @Parameters(paramLabel = "FILE|DIR", description = "Jar, or folder with the plugin's jars.")
    Path plugin = Path.of("");

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "Private key of \"plugins keygen\".")
    Path key = Path.of("");

    PluginsSignCommand(CliContext context) {
        super(context);
    }

    @Override
    PluginFileReport work() {
        return PluginFileWork.sign(plugin, key);
    }
}
