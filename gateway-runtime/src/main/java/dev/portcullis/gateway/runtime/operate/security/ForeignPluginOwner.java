package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ShellWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Another user of this machine decides what code runs here. */
final class ForeignPluginOwner extends Check {
    private final Function<Path, Optional<String>> owners;
    private final String user;

    ForeignPluginOwner() {
        this(FileOwner::of, "");
    }

    /** @param user whom the gateway runs as; empty for who owns the state directory */
    ForeignPluginOwner(Function<Path, Optional<String>> owners, String user) {
        super("portcullis.plugins.foreign_owner");
        this.owners = owners;
        this.user = user;
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        String owner = user.isEmpty() ? gateway.owner() : user;
        if (owner.isEmpty()) {
            return;
        }
        List<Path> places = Stream.concat(
                        gateway.subject().places().pluginFolders().stream(), gateway.plugins().files().stream())
                .distinct()
                .toList();
        for (Path place : places) {
            owners.apply(place)
                    .filter(other -> !other.equals(owner) && !FileOwner.isRoot(other))
                    .ifPresent(other -> found.accept(critical(
                            "",
                            "A plugin folder or plugin belongs to another user",
                            place + " belongs to \"" + other + "\", the state directory to \"" + owner + "\".",
                            "chown " + owner + " " + ShellWord.of(place))));
        }
    }
}
