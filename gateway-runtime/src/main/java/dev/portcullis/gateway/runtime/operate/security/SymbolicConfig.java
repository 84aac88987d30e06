package dev.portcullis.gateway.runtime.operate.security;

import java.nio.file.Files;
import java.util.function.Consumer;

/** The configuration is somewhere else. */
final class SymbolicConfig extends Check {
    SymbolicConfig() {
        super("fs.config.symlink");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.subject()
                .places()
                .configFile()
                .filter(Files::isSymbolicLink)
                .ifPresent(file -> found.accept(warn(
                        "",
                        "The configuration file is a symbolic link",
                        file + " is a link: see that nobody else may change where it leads.",
                        "Name the real file with --config, or be sure of the link's directory.")));
    }
}
