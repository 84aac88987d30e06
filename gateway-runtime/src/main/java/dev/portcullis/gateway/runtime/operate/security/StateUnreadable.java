package dev.portcullis.gateway.runtime.operate.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What is in the state directory was not seen, a configuration in it included: what is not found is then no good news. */
final class StateUnreadable extends Check {
    StateUnreadable() {
        super("portcullis.fs.state_dir.unreadable");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        Path state = gateway.subject().places().stateDir();
        boolean seen = Files.isDirectory(state) && Files.isReadable(state) && Files.isExecutable(state);
        if (Files.exists(state) && !seen) {
            found.accept(warn(
                    "",
                    "The state directory could not be examined",
                    state + " is no directory that this user can read: neither its files nor a configuration in it were"
                            + " looked at.",
                    "Run the audit as the user that the gateway runs as."));
        }
    }
}
