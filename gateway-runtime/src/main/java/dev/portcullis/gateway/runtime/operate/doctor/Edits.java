package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Result;
import java.io.IOException;
import java.util.List;

/** Says how an edit of the configuration ended. */
final class Edits {
    private Edits() {}

    /** @throws IOException if nothing was written */
    static List<String> made(Result result, String done) throws IOException {
        return switch (result) {
            case Result.Done made -> made.unchanged() ? List.of() : List.of(done);
            case Result.Refused refused ->
                throw new IOException("the configuration would not hold: " + String.join(" ", refused.reasons()));
            case Result.Impossible impossible -> throw new IOException(impossible.reason());
        };
    }
}
