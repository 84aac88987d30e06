package dev.portcullis.gateway.runtime.operate.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The token that a gateway made for itself cannot be used. Its permissions are looked at elsewhere; its value is never changed. */
final class GatewayToken extends Check {
    GatewayToken() {
        super("core/doctor/gateway-auth");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Path file = patient.places().stateDir().resolve("gateway.token");
        boolean needed = patient.config()
                .filter(config -> config.auth().mode().equals("token")
                        && config.auth().token().isEmpty())
                .isPresent();
        if (needed && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            String wrong = wrong(file);
            if (!wrong.isEmpty()) {
                found.accept(error(
                        "The token file " + wrong + ", so the gateway does not start",
                        file.toString(),
                        "Delete it to have one made, or set gateway.auth.token."));
            }
        }
    }

    private static String wrong(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "is a link or no ordinary file";
        }
        try {
            long lines = Files.readString(file).strip().lines().count();
            return lines == 1 ? "" : lines == 0 ? "is empty" : "has several lines";
        } catch (IOException unreadable) {
            return "cannot be read by this user";
        }
    }
}
