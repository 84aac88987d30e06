package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.FileTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plugins that {@code plugins disable} switched off: a file in the state directory, one name a line. It only ever takes away;
 * what the configuration keeps out stays out. For the commands that write it.
 */
public final class PluginSwitches {
    private final Path file;
    private final Set<String> off;

    private PluginSwitches(Path file, Set<String> off) {
        this.file = file;
        this.off = new TreeSet<>(off);
    }

    /** Those of a state directory. */
    public static PluginSwitches in(Path stateDirectory) throws IOException {
        return read(PluginEnvironment.switches(stateDirectory));
    }

    /** Reads the file; one that is not there switches nothing off. */
    static PluginSwitches read(Path file) throws IOException {
        try {
            return new PluginSwitches(
                    file,
                    Files.readAllLines(checked(file)).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .collect(Collectors.toSet()));
        } catch (NoSuchFileException absent) {
            return new PluginSwitches(file, Set.of());
        }
    }

    /** A command may be run by another user than the gateway whose state directory it is. */
    private static Path checked(Path file) throws IOException {
        return FileTrust.ofProcess().orOwnerOf(InstalledFiles.folderOf(file)).checked(file);
    }

    boolean off(String name) {
        return off.contains(name);
    }

    /** Whether that changes anything. */
    public boolean turn(String name, boolean on) {
        return on ? off.remove(name) : off.add(name);
    }

    public Path file() {
        return file;
    }

    public void write() throws IOException {
        List<String> lines = new java.util.ArrayList<>(
                List.of("# Switched off with \"portcullis plugins disable\"; \"enable\" brings them back."));
        lines.addAll(off);
        Path folder = InstalledFiles.folderOf(file);
        Files.createDirectories(folder);
        Path writing = Files.createTempFile(folder, ".plugins-disabled", ".tmp");
        try {
            Files.write(writing, lines);
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(writing);
        }
    }
}
