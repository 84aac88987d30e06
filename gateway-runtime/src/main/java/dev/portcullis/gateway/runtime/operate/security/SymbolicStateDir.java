package dev.portcullis.gateway.runtime.operate.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The state directory is somewhere else. */
final class SymbolicStateDir extends Check {
    SymbolicStateDir() {
        super("fs.state_dir.symlink");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        Path directory = gateway.subject().places().stateDir();
        if (Files.isSymbolicLink(directory)) {
            found.accept(warn(
                    "",
                    "The state directory is a symbolic link",
                    directory + " is a link: whoever may change it decides where secrets are kept.",
                    "Name the real directory with --state-dir or PORTCULLIS_STATE_DIR."));
        }
    }
}
