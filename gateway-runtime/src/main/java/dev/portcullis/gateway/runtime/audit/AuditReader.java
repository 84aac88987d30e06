package dev.portcullis.gateway.runtime.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
        return !AuditFiles.newestFirst(file).isEmpty();
    }

    /**
     * The last records that are wanted, newest first.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public List<Map<String, Object>> last(int most, Predicate<Map<String, Object>> wanted) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Path one : AuditFiles.newestFirst(file)) {
            if (found.size() >= most) {
                break;
            }
            Deque<Map<String, Object>> end = new ArrayDeque<>();
            int room = most - found.size();
            read(
                    one,
                    line -> parse(line).filter(wanted).ifPresent(entry -> {
                        if (end.size() == room) {
                            end.removeFirst();
                        }
                        end.addLast(entry);
                    }));
            found.addAll(new ArrayList<>(end).reversed());
        }
        return found;
    }

    /** The record of an invocation. */
    public Optional<Map<String, Object>> find(String invocation) {
        for (Path one : AuditFiles.newestFirst(file)) {
            List<Map<String, Object>> found = new ArrayList<>(1);
            // most lines need not be parsed to see that they are not it
            read(one, line -> {
                if (line.contains(invocation)) {
                    parse(line)
                            .filter(entry -> invocation.equals(entry.get("invocation")))
                            .ifPresent(found::add);
                }
            });
            if (!found.isEmpty()) {
                return Optional.of(found.getLast());
            }
        }
        return Optional.empty();
    }

    static Optional<Map<String, Object>> parse(String line) {
        try {
            Map<String, Object> entry = JSON.readValue(line, RECORD);
            return Optional.ofNullable(entry).filter(fields -> fields.containsKey("invocation"));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    private static void read(Path one, Consumer<String> lines) {
        // not Files.lines: bytes that are no UTF-8 cost their line, not the rest
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(one), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (NoSuchFileException archived) {
            // between the look at the folder and this one it got another number
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The audit file " + one + " cannot be read: " + unreadable, unreadable);
        }
    }
}
