package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Secrets are copied to other machines. */
final class SyncedDirectory extends Check {
    private static final Pattern SYNCED =
            Pattern.compile("iCloud|Mobile Documents|Dropbox|Google ?Drive|OneDrive", Pattern.CASE_INSENSITIVE);

    SyncedDirectory() {
        super("fs.synced_dir");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        Stream.concat(
                        Stream.of(gateway.subject().places().stateDir()),
                        gateway.subject().places().configFile().stream())
                .filter(path -> SYNCED.matcher(path.toString()).find())
                .findFirst()
                .ifPresent(path -> found.accept(warn(
                        "",
                        "State is kept in a synchronised folder",
                        path
                                + " looks like a folder of iCloud, Dropbox, Google Drive or OneDrive: tokens and sessions are"
                                + " copied to other machines.",
                        "Keep the state directory outside of it.")));
    }
}
