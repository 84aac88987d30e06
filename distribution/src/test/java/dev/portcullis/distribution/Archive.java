package dev.portcullis.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The archive that was built, and what unpacking it gives. */
final class Archive {
    static final String VERSION = System.getProperty("project.version");
    static final Path PROJECT = Path.of(System.getProperty("project.basedir"));
    static final Path ZIP = PROJECT.resolve("target/portcullis-" + VERSION + ".zip");
    /** Made on demand only; see the profile of that name. */
    static final Path BUNDLE = PROJECT.resolve("target/portcullis-" + VERSION + "-linux-x64.zip");

    static final Path FOLDER = PROJECT.resolve("target/portcullis-" + VERSION);

    private Archive() {}

    /** Unpacks it as a user would, with the modes that are in it. */
    static Path unpackInto(Path folder) {
        return unpackInto(folder, ZIP);
    }

    static Path unpackInto(Path folder, Path zip) {
        try {
            Files.createDirectories(folder);
            run(folder, List.of("unzip", "-q", zip.toString()));
            String name = zip.getFileName().toString();
            return folder.resolve(name.substring(0, name.length() - ".zip".length()))
                    .toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the runtime has its main class. */
    static boolean runs() throws IOException {
        try (java.util.jar.JarFile runtime = new java.util.jar.JarFile(
                FOLDER.resolve("lib/gateway-runtime-" + VERSION + ".jar").toFile())) {
            return runtime.getEntry("dev/portcullis/gateway/runtime/cli/Main.class") != null;
        }
    }

    static List<Path> jars(Path home) {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Path folder, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed in " + folder);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
