package dev.portcullis.sample.auth;

import dev.portcullis.gateway.api.plugin.PluginException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a file, read again when it changed. A file that cannot be read, or that others may write to, holds no keys; a
 * line that cannot be read is no key. Both are logged once a change.
 */
final class KeyFile {
    private record Stamp(
            FileTime modified, long size, @Nullable Object file) {}

    private record Contents(Optional<Stamp> stamp, Map<String, KeyEntry> entries, List<String> problems) {}

    private final Path path;
    private final System.Logger logger;
    private volatile Contents current = new Contents(Optional.empty(), Map.of(), List.of());

    KeyFile(Path path, System.Logger logger) {
        this.path = path;
        this.logger = logger;
    }

    /**
     * Reads the file at the load, where a problem is the operator's to solve.
     *
     * @throws PluginException with all problems
     */
    void readStrictly() {
        Contents read = read(stamp());
        if (!read.problems.isEmpty()) {
            throw new PluginException(String.join(System.lineSeparator(), read.problems));
        }
        current = read;
    }

    Optional<KeyEntry> find(String id) {
        return Optional.ofNullable(upToDate().entries.get(id));
    }

    private Contents upToDate() {
        Optional<Stamp> stamp = stamp();
        if (stamp.equals(current.stamp)) {
            return current;
        }
        synchronized (this) {
            if (!stamp.equals(current.stamp)) {
                current = read(stamp);
                current.problems.forEach(problem -> logger.log(Level.WARNING, problem));
                logger.log(Level.INFO, "{0} was read again: {1} keys", path, current.entries.size());
            }
            return current;
        }
    }

    private Optional<Stamp> stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private Contents read(Optional<Stamp> stamp) {
        Map<String, KeyEntry> entries = new HashMap<>();
        List<String> problems = new ArrayList<>();
        try {
            if (writableByOthers()) {
                problems.add("The key file " + path + " can be written by other users, so its keys prove nothing."
                        + " Take that right away: chmod go-w " + path);
                return new Contents(stamp, Map.of(), problems);
            }
            List<String> lines = Files.readAllLines(path);
            for (int i = 0; i < lines.size(); i++) {
                add(lines.get(i).strip(), i + 1, entries, problems);
            }
        } catch (IOException unreadable) {
            problems.add("The key file " + path + " cannot be read ("
                    + unreadable.getClass().getSimpleName()
                    + "), so no API key is accepted. Create it, or correct plugins.entries.api-keys.config.file.");
        }
        return new Contents(stamp, Map.copyOf(entries), List.copyOf(problems));
    }

    private void add(String line, int number, Map<String, KeyEntry> entries, List<String> problems) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        try {
            KeyEntry entry = KeyEntry.parse(line);
            if (entries.putIfAbsent(entry.id(), entry) != null) {
                problems.add(path + ", line " + number + ": the id " + entry.id()
                        + " is there twice; the first line counts. Remove one of them.");
            }
        } catch (IllegalArgumentException wrong) {
            problems.add(
                    path + ", line " + number + ": " + Objects.requireNonNullElse(wrong.getMessage(), "is no key"));
        }
    }

    private boolean writableByOthers() throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        return permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE);
    }
}
