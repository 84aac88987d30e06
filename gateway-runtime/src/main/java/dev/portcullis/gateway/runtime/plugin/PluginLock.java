package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code plugins.lock}, beside the plugins it is about: which file had which content when it was installed. */
final class PluginLock {
    static final String FILE = "plugins.lock";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)  (.+)");
    private static final String HEAD = """
            # Written by "portcullis plugins install" and "remove"; with plugins.verify = "locked" no other plugin is loaded.
            # SHA-256 of a jar, or of the lines "<sha256>  <jar>" of a folder's jars; version; file name
            """;

    private final Path file;
    private final boolean there;
    private final Map<String, Entry> entries;

    /** @param version as the plugin says it */
    record Entry(String sha256, Optional<String> version) {}

    private PluginLock(Path file, boolean there, Map<String, Entry> entries) {
        this.file = file;
        this.there = there;
        this.entries = new TreeMap<>(entries);
    }

    /**
     * Reads the lock of a folder; one that is not there holds nothing.
     *
     * @throws IOException if it cannot be read, or not be understood
     */
    static PluginLock in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Map<String, Entry> entries = new LinkedHashMap<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                Matcher form = LINE.matcher(line);
                if (!form.matches()) {
                    throw new IOException("line " + number + " of " + file + " cannot be understood");
                }
                Optional<String> version = Optional.of(form.group(2)).filter(text -> !text.equals("-"));
                entries.put(form.group(3), new Entry(form.group(1), version));
            }
        } catch (NoSuchFileException absent) {
            return new PluginLock(file, false, Map.of());
        }
        return new PluginLock(file, true, entries);
    }

    Path file() {
        return file;
    }

    boolean isThere() {
        return there;
    }

    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    Optional<Entry> entry(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    void put(String id, String sha256, Optional<String> version) {
        entries.put(id, new Entry(sha256, version.map(text -> text.replaceAll("\\s+", "_"))));
    }

    boolean remove(String id) {
        return entries.remove(id) != null;
    }

    /** Replaces the file at once, or not at all. */
    void write() throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        entries.forEach((id, entry) -> text.append(entry.sha256())
                .append("  ")
                .append(entry.version().orElse("-"))
                .append("  ")
                .append(id)
                .append('\n'));
        Path writing = Files.createTempFile(InstalledFiles.folderOf(file), ".plugins", ".lock");
        try {
            Files.writeString(writing, text);
            InstalledFiles.readableByAll(writing);
            Files.move(writing, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(writing);
        }
    }
}
