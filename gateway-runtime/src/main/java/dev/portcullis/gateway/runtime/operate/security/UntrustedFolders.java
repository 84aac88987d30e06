package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.FileTrust;
import dev.portcullis.gateway.runtime.config.UntrustedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Who may write a folder above can put another one in the place of what the gateway reads, and it does not read it then. */
final class UntrustedFolders extends Check {
    UntrustedFolders() {
        super("portcullis.fs.folder_above_writable");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        AuditSubject.Places places = gateway.subject().places();
        FileTrust trust = FileTrust.ofProcess().orOwnerOf(places.stateDir());
        Set<String> seen = new HashSet<>();
        Stream.of(
                        Stream.of(places.stateDir()),
                        places.configFile().stream(),
                        places.includes().stream(),
                        places.pluginFolders().stream(),
                        gateway.plugins().files().stream())
                .flatMap(files -> files)
                .sorted()
                .forEach(file -> {
                    Optional<UntrustedFileException> refused = trust.refuses(file);
                    refused.filter(why -> isAbove(why.at(), file))
                            .filter(why -> seen.add(why.getFile()))
                            .ifPresent(why -> found.accept(new Finding(
                                    id(),
                                    Severity.CRITICAL,
                                    "",
                                    "Others may put another file in the place of one that decides something",
                                    file + ": " + why.what(),
                                    why.advice())));
                });
    }

    /** The file itself is for other checks. */
    private static boolean isAbove(Path refused, Path file) {
        try {
            return !refused.equals(file.toRealPath());
        } catch (IOException unreadable) {
            return true;
        }
    }
}
