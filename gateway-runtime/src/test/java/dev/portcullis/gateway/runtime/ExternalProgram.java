package dev.portcullis.gateway.runtime;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of the system that tests use and a machine need not have. A test that lacks one is skipped and says so; where
 * {@code PORTCULLIS_REQUIRE_EXTERNAL=1} is in the environment, as in {@code .ci/run}, it fails.
 */
public final class ExternalProgram {
    static final String REQUIRED = "PORTCULLIS_REQUIRE_EXTERNAL";

    /** Where servers are that ordinary users do not have on their path. */
    private static final List<String> FOR_ADMINISTRATORS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private ExternalProgram() {}

    /** The program of that name; the test ends here if there is none. */
    public static Path find(String name) {
        return required(name, System.getenv(REQUIRED), System.getenv("PATH"));
    }

    static Path required(String name, String required, String path) {
        Optional<Path> found = Stream.concat(
                        Stream.of(path == null ? new String[0] : path.split(File.pathSeparator)),
                        FOR_ADMINISTRATORS.stream())
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String missing = name + " is not installed";
            if ("1".equals(required)) {
                Assertions.fail(missing + ", and " + REQUIRED + "=1 says that no test may be skipped for that");
            }
            Assumptions.abort(missing + ": what it does with requests is not tested");
        }
        return found.get();
    }
}
