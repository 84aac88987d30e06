package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.PluginFileReport;
import dev.portcullis.gateway.runtime.operate.PluginProject;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis plugins new}. */
@Command(
        name = "new",
        description = "Make the Maven project of a plugin: a provider, its unit test, and what packs it.")
final class PluginsNewCommand extends PluginFileCommand {
    @Parameters(paramLabel = "DIR", description = "Folder to make; it must not be there yet, or be empty.")
    Path folder = Path.of("");

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "tool",
            description = "What it provides: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    Kind kind = Kind.tool;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the plugin; the folder's unless given.")
    Optional<String> name = Optional.empty();

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "Java package and module; com.example and the name unless given.")
    Optional<String> packageName = Optional.empty();

    /** As people write them. */
    enum Kind {
        tool(PluginProject.Kind.TOOL),
        auth(PluginProject.Kind.AUTH),
        policy(PluginProject.Kind.POLICY);

        private final PluginProject.Kind meant;

        Kind(PluginProject.Kind meant) {
            this.meant = meant;
        }
    }

    PluginsNewCommand(CliContext context) {
        super(context);
    }

    @Override
    PluginFileReport work() {
        return PluginProject.create(folder, kind.meant, name, packageName, Distribution.home());
    }
}
