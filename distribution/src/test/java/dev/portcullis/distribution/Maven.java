package dev.portcullis.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Maven as an author runs it: a process of its own. */
final class Maven {
    private static final Pattern PLUGIN =
            Pattern.compile("<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)</version>");

    private Maven() {}

    static boolean isThere() {
        try {
            Process process = new ProcessBuilder("mvn", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A local repository that has what the usual one has, but for artifacts of ours: those are to come from the archive,
     * and must not stay behind.
     */
    static Path localRepository() {
        Path usual =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        Path own = Archive.PROJECT.resolve("target/m2").toAbsolutePath();
        try {
            forget(own);
            Files.createDirectories(own.resolve("dev"));
            link(usual, own, "dev");
            if (Files.isDirectory(usual.resolve("dev"))) {
                link(usual.resolve("dev"), own.resolve("dev"), "portcullis");
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Links are deleted, not followed. */
    private static void forget(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path entry : entries.toList()) {
                    forget(entry);
                }
            }
        }
        Files.deleteIfExists(folder);
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    /** A command {@code mvn} that looks at no network, in a folder of its own. */
    static Path offline(Path folder, Path localRepository) {
        try {
            Path script = Files.createDirectories(folder.resolve("offline")).resolve("mvn");
            String usual = Stream.of(System.getenv("PATH").split(":"))
                    .map(entry -> Path.of(entry, "mvn"))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow()
                    .toString();
            Files.writeString(
                    script,
                    "#!/bin/sh\nexec '" + usual + "' -B -q -o -Dstyle.color=never '-Dmaven.repo.local="
                            + localRepository + "' \"$@\"\n");
            if (!script.toFile().setExecutable(true)) {
                throw new IOException(script + " cannot be made executable");
            }
            return script.getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Maven plugins with their versions, as far as a pom names both together. */
    static List<String> plugins(String pom) {
        return PLUGIN.matcher(pom)
                .results()
                .map(found -> found.group(1) + " "
                        + found.group(2).replace("${compiler.plugin.version}", compilerPlugin(pom)))
                .toList();
    }

    private static String compilerPlugin(String pom) {
        return pom.replaceAll("(?s).*<compiler.plugin.version>(.*?)<.*", "$1");
    }
}
