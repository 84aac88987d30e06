package dev.portcullis.gateway.runtime.operate.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The cache of the start does not fit the archive and the JDK any more, and is passed over. */
final class StartCache extends Check {
    StartCache() {
        super("portcullis/doctor/start-cache");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Path cache = patient.places().cache();
        if (Files.exists(cache)
                && patient.cacheFits().get().filter(fits -> !fits).isPresent()) {
            found.accept(warning(
                    "The cache of the start does not fit this archive and this JDK, and is passed over",
                    cache.toString(),
                    "Make it again: portcullis warm"));
        }
    }
}
