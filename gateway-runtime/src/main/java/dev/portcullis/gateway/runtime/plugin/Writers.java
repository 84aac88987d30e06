package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.FileTrust;
import dev.portcullis.gateway.runtime.config.UntrustedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Who could have written a plugin's files. Its code runs with the gateway's rights, so only the gateway's user and root may. */
interface Writers {
    /** Where plugins are loaded from: the folders above count. */
    Writers OF_PLACES = of(FileTrust.ofProcess());

    /** Where they only lie, to be looked at or copied from. */
    Writers OF_FILES_ALONE = file -> {
        Optional<UntrustedFileException> refused = FileTrust.ofProcess().refusesAlone(file);
        if (refused.isPresent()) {
            throw refused.get();
        }
        return file.toRealPath();
    };

    /**
     * A path by which the file can be opened.
     *
     * @throws UntrustedFileException if somebody else could have written what is there
     */
    Path checked(Path file) throws IOException;

    static Writers of(FileTrust trust) {
        return trust::checked;
    }

    /** Why it is not used; what cannot be read is for who reads it to say. */
    default Optional<Refusal> refuses(Path file) {
        try {
            checked(file);
            return Optional.empty();
        } catch (UntrustedFileException refused) {
            return Optional.of(refusal(refused));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    static Refusal refusal(UntrustedFileException refused) {
        return new Refusal(refused.what(), refused.advice());
    }
}
