package dev.portcullis.benchmarks;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The home of a build: the folder that has {@code bin/portcullis}. */
final class UnpackedArchive {
    private static final String LAUNCHER = "bin/portcullis";

    private UnpackedArchive() {}

    /** @param archive a zip, which is unpacked into {@code into}, or a folder that is used where it is */
    static Path home(Path archive, Path into) throws IOException {
        if (Files.isDirectory(archive)) {
            return below(archive);
        }
        if (!Files.isRegularFile(archive)) {
            throw new IOException("--against " + archive + " is neither an archive nor a folder");
        }
        // without the permissions of the archive the launcher cannot be run
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true))) {
            Path root = zip.getPath("/");
            try (Stream<Path> entries = Files.walk(root)) {
                for (Path entry : (Iterable<Path>) entries::iterator) {
                    unpack(entry, into.resolve(root.relativize(entry).toString()));
                }
            }
        }
        return below(into);
    }

    /** Gives a build the plugins of another, so that what differs is the gateway. */
    static void samePlugins(Path from, Path to) throws IOException {
        Path plugins = to.resolve("plugins");
        try (Stream<Path> before = Files.walk(plugins)) {
            for (Path old : before.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(old);
            }
        }
        Path source = from.resolve("plugins");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, plugins.resolve(source.relativize(file).toString()));
            }
        }
    }

    private static void unpack(Path entry, Path file) throws IOException {
        if (Files.isDirectory(entry)) {
            Files.createDirectories(file);
        } else {
            Files.copy(entry, file);
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
        }
    }

    private static Path below(Path folder) throws IOException {
        if (Files.exists(folder.resolve(LAUNCHER))) {
            return folder.toRealPath();
        }
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> homes = children.filter(child -> Files.exists(child.resolve(LAUNCHER)))
                    .toList();
            if (homes.size() == 1) {
                return homes.getFirst().toRealPath();
            }
            throw new IOException(folder + " has " + homes.size() + " builds of Portcullis in it, one is needed: name "
                    + "the archive, or the folder that has " + LAUNCHER);
        }
    }
}
