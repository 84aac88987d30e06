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
 * Reads back what was recorded, from the file, the one of refusals and the archives of both, also while a gateway writes. A line that is no record, being
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
        try {
            return AuditFiles.any(file) || AuditFiles.any(AuditFiles.refused(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The folder of the audit file " + file + " cannot be read", unreadable);
        }
    }

    /**
     * The last records that are wanted, newest first; one that is archived while it is read is still one.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public List<Map<String, Object>> last(int most, Predicate<Map<String, Object>> wanted) {
        return merged(last(file, most, wanted), last(AuditFiles.refused(file), most, wanted), most);
    }

    /** Both are in order but for records that were long under way, and stay so. */
    private static List<Map<String, Object>> merged(
            List<Map<String, Object>> calls, List<Map<String, Object>> refusals, int most) {
        List<Map<String, Object>> merged = new ArrayList<>();
        int call = 0;
        int refusal = 0;
        while (merged.size() < most && (call < calls.size() || refusal < refusals.size())) {
            boolean newer = refusal == refusals.size()
                    || (call < calls.size() && !AuditOrder.before(calls.get(call), refusals.get(refusal)));
            merged.add(newer ? calls.get(call++) : refusals.get(refusal++));
        }
        return merged;
    }

    private static List<Map<String, Object>> last(Path file, int most, Predicate<Map<String, Object>> wanted) {
        List<Map<String, Object>> found = new ArrayList<>();
        newestFirst(file, lines -> {
            Deque<Map<String, Object>> end = new ArrayDeque<>();
            int left = most - found.size();
            for (String line = lines.readLine(); left > 0 && line != null; line = lines.readLine()) {
                parse(line).filter(wanted).ifPresent(entry -> {
                    if (end.size() == left) {
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

    /** The record of an invocation; that of its end, if it has one of its beginning too. */
    public Optional<Map<String, Object>> find(String invocation) {
        return find(file, invocation).or(() -> find(AuditFiles.refused(file), invocation));
    }

    private static Optional<Map<String, Object>> find(Path file, String invocation) {
        List<Map<String, Object>> found = new ArrayList<>(1);
        newestFirst(file, lines -> {
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

    private static void newestFirst(Path file, Visit visit) {
        AuditWalk walk = new AuditWalk(file, BasicFileAttributes::fileKey);
        try (walk) {
            Optional<AuditFile> one = walk.next();
            while (one.isPresent() && visit.read(one.get().lines())) {
                Optional<AuditFile> older = walk.next();
                // there may be more of them than a process may have open
                one.get().close();
                one = older;
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
