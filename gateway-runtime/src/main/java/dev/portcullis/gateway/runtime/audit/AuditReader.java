package dev.portcullis.gateway.runtime.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads back what was recorded, from the file and its archives, also while a gateway writes. A line that is no record, being
 * written or damaged, is passed over. Records come as plain values under the names of the file.
 */
public final class AuditReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> RECORD = new TypeReference<>() {};

    private final Path file;

    public AuditReader(Path file) {
        this.file = file;
    }

    /** Whether anything was ever recorded here. */
    public boolean exists() {
        return AuditFiles.any(file);
    }

    /**
     * The last records that are wanted, newest first; one that is archived while it is read is still one.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public List<Map<String, Object>> last(int most, Predicate<Map<String, Object>> wanted) {
        List<Map<String, Object>> found = new ArrayList<>();
        newestFirst(lines -> {
            Deque<Map<String, Object>> end = new ArrayDeque<>();
            int room = most - found.size();
            for (String line = lines.readLine(); room > 0 && line != null; line = lines.readLine()) {
                parse(line).filter(wanted).ifPresent(entry -> {
                    if (end.size() == room) {
                        end.removeFirst();
                    }
                    end.addLast(entry);
                });
            }
            found.addAll(new ArrayList<>(end).reversed());
            return found.size() < most;
        });
        return found;
    }

    /** The record of an invocation. */
    public Optional<Map<String, Object>> find(String invocation) {
        List<Map<String, Object>> found = new ArrayList<>(1);
        newestFirst(lines -> {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // most lines need not be parsed to see that they are not it
                if (line.contains(invocation)) {
                    parse(line)
                            .filter(entry -> invocation.equals(entry.get("invocation")))
                            .ifPresent(found::add);
                }
            }
            return found.isEmpty();
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getLast());
    }

    /** What is done with one file; says whether an older one is needed. */
    private interface Visit {
        boolean read(BufferedReader lines) throws IOException;
    }

    private void newestFirst(Visit visit) {
        AuditWalk walk = new AuditWalk(file, BasicFileAttributes::fileKey);
        try (walk) {
            boolean more = true;
            while (more) {
                Optional<AuditFile> one = walk.next();
                more = one.isPresent() && visit.read(one.get().lines());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(
                    "The audit file " + walk.here() + " cannot be read: " + unreadable, unreadable);
        }
    }

    static Optional<Map<String, Object>> parse(String line) {
        try {
            Map<String, Object> entry = JSON.readValue(line, RECORD);
            return Optional.ofNullable(entry).filter(fields -> fields.containsKey("invocation"));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }
}
