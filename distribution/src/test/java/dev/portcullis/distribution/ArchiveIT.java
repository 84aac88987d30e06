package dev.portcullis.distribution;

import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ArchiveIT {
    @TempDir
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() {
        home = Archive.unpackInto(folder);
    }

    @Test
    void archiveHasOneFolderNamedAfterTheVersion() throws Exception {
        try (Stream<Path> top = Files.list(folder)) {
            assertEquals(
                    List.of("portcullis-" + Archive.VERSION),
                    top.map(ArchiveIT::name).toList());
        }
    }

    @Test
    void nothingIsMissingAndNothingIsTooMuch() throws Exception {
        try (Stream<Path> files = Files.list(home)) {
            assertEquals(
                    new TreeSet<>(Set.of(
                            "bin",
                            "conf",
                            "docs",
                            "lib",
                            "plugins",
                            "repository",
                            "share",
                            "CHANGELOG.md",
                            "LICENSE",
                            "README.md",
                            "SECURITY.md",
                            "sbom.json")),
                    new TreeSet<>(files.map(ArchiveIT::name).toList()));
        }
    }

    @Test
    void launcherCanBeExecuted() {
        assertTrue(Files.isExecutable(home.resolve("bin/portcullis")));
    }

    /** Whoever unpacks it is not who runs it: the gateway's user has to read what root has installed, and nobody else writes it. */
    @Test
    void everybodyMayReadWhatIsShippedAndItsOwnerAloneMayWriteIt() throws Exception {
        try (Stream<Path> files = Files.walk(home)) {
            List<String> otherwise = files.filter(file -> {
                        Set<PosixFilePermission> modes = modes(file);
                        return !modes.contains(OTHERS_READ)
                                || modes.contains(GROUP_WRITE)
                                || modes.contains(OTHERS_WRITE);
                    })
                    .map(file -> home.relativize(file).toString())
                    .toList();
            assertEquals(List.of(), otherwise);
        }
    }

    private static Set<PosixFilePermission> modes(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void launchersHaveTheLineEndsOfTheirSystems() throws Exception {
        assertFalse(Files.readString(home.resolve("bin/portcullis")).contains("\r"));
        assertFalse(Files.readString(home.resolve("bin/java-home.sh")).contains("\r"));
        String batch = Files.readString(home.resolve("bin/portcullis.bat"));
        assertEquals(batch.lines().count(), batch.chars().filter(c -> c == '\r').count());
    }

    @Test
    void folderBesideTheArchiveHoldsTheSame() throws Exception {
        assertEquals(contents(home), contents(Archive.FOLDER));
    }

    @Test
    void billOfMaterialsNamesEveryLibrary() throws Exception {
        JsonNode bill = new ObjectMapper().readTree(Files.readString(home.resolve("sbom.json")));

        Set<String> components = new TreeSet<>();
        for (JsonNode component : bill.get("components")) {
            components.add(component.get("name").asString() + "-"
                    + component.get("version").asString() + ".jar");
        }
        Set<String> jars =
                new TreeSet<>(Archive.jars(home).stream().map(ArchiveIT::name).toList());
        jars.removeAll(components);
        assertEquals(Set.of(), jars);
    }

    /** The JVM's cache keeps no others, and none that the verifier relates to others. */
    @Test
    void classesAreOfAFormatThatACacheKeeps() throws Exception {
        Set<String> older = new TreeSet<>();
        for (Path file : Archive.jars(home)) {
            try (JarFile jar = new JarFile(file.toFile())) {
                for (JarEntry entry : Collections.list(jar.entries())) {
                    if (entry.getName().endsWith(".class") && majorVersion(jar, entry) < 50) {
                        older.add(name(file));
                    }
                }
            }
        }

        assertEquals(Set.of(), older);
    }

    private static int majorVersion(JarFile jar, JarEntry entry) throws IOException {
        try (DataInputStream file = new DataInputStream(jar.getInputStream(entry))) {
            file.skipNBytes(6);
            return file.readUnsignedShort();
        }
    }

    @Test
    void shippedConfigurationHoldsNoSecret() throws Exception {
        List<String> said = Files.readString(home.resolve("conf/gateway.conf"))
                .lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .filter(line -> line.matches("(?i).*(token|password|secret)\\s*[=:].*"))
                .toList();

        assertEquals(List.of(), said);
    }

    private static Set<String> contents(Path root) throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            Set<String> contents = new TreeSet<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(root.relativize(file) + " " + Files.size(file) + " " + Files.isExecutable(file));
            }
            return contents;
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
