package dev.portcullis.gateway.runtime.operate;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Maven repository of files in an unpacked archive: the API and the test kit.
 *
 * @param version of both
 */
record AuthorsRepository(Path folder, String version) {
    /** Empty if there is none. */
    static Optional<AuthorsRepository> in(Path home) {
        Path folder = home.toAbsolutePath().normalize().resolve("repository");
        try (Stream<Path> versions = Files.list(folder.resolve("dev/portcullis/gateway-api"))) {
            return versions.filter(Files::isDirectory)
                    .max(Comparator.naturalOrder())
                    .map(version -> new AuthorsRepository(folder, String.valueOf(version.getFileName())));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** With three slashes, as Maven wants it. */
    URI address() {
        return URI.create("file://" + folder.toUri().getRawPath().replaceFirst("/$", ""));
    }
}
