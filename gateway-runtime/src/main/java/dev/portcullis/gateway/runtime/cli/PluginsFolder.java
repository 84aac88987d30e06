package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which plugin folder a command works on. */
final class PluginsFolder {
    @Option(names = "--to", paramLabel = "DIR", description = "Plugin folder (default: plugins of the distribution).")
    @Nullable
    Path folder;

    Path path() {
        if (folder != null) {
            return folder.toAbsolutePath().normalize();
        }
        return Distribution.home()
                .map(home -> home.resolve("plugins"))
                .orElseThrow(() -> CliException.usage(
                        "Where the plugins are is not known without a distribution: name the folder with --to"));
    }
}
