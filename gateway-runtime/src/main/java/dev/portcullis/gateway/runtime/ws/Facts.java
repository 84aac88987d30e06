package dev.portcullis.gateway.runtime.ws;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What does not change while the gateway runs.
 *
 * @param auditFile empty if nothing is recorded
 */
public record Facts(String version, Instant startedAt, GatewayKey key, Path stateDirectory, Optional<Path> auditFile) {
    long uptimeMs() {
        return Duration.between(startedAt, Instant.now()).toMillis();
    }
}
