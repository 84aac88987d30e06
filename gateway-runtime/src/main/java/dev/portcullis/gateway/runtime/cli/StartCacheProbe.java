package dev.portcullis.gateway.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks the JVM whether it would use the cache of the start: it alone knows. */
record StartCacheProbe(Path home, Path stateDir) {
    private static final long LONGEST_SECONDS = 20;

    /** Empty if that cannot be told. */
    Optional<Boolean> fits() {
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/portcullis").toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.put("PORTCULLIS_STATE_DIR", stateDir.toString());
        // with it, a JVM that cannot use the cache does not start
        environment.merge("PORTCULLIS_JAVA_OPTS", "-XX:AOTMode=on", (before, more) -> before + " " + more);
        try {
            Process version = builder.start();
            try {
                return version.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)
                        ? Optional.of(version.exitValue() == 0)
                        : Optional.empty();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } finally {
                version.destroyForcibly();
            }
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }
}
