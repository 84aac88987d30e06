package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.config.AuditConfig.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which archives go, and when a file has to become one so that they can. One thread. */
final class AuditRetention {
    private static final System.Logger LOG = System.getLogger(AuditRetention.class.getName());
    private static final Pattern TIME = Pattern.compile("\\{\"time\":\"([^\"]{10,40})\"");

    /** Into so many files at least what is kept by age is divided, where that makes none for less than a day. */
    private static final int SLICES = 30;

    private static final Duration SHORTEST_SLICE = Duration.ofDays(1);

    private final Path file;
    private final long most;
    private final Retention limits;
    private final InstantSource clock;
    private final Map<Object, Written> known = new HashMap<>();

    /** How many lines an archive has, and in how many bytes: with more in it, others wrote there as well. */
    private record Written(long bytes, long lines) {}

    private record Archive(Path path, BasicFileAttributes attributes) {}

    /** @param most bytes that the file itself may have */
    AuditRetention(Path file, long most, Retention limits, InstantSource clock) {
        this.file = file;
        this.most = most;
        this.limits = limits;
        this.clock = clock;
    }

    /** Whether a file that was begun then has to become an archive, although it is not full. */
    boolean isOld(Instant begun) {
        return limits.age().isPresent() && begun.plus(slice(limits.age().get())).isBefore(clock.instant());
    }

    private static Duration slice(Duration age) {
        Duration slice = age.dividedBy(SLICES);
        return slice.compareTo(SHORTEST_SLICE) < 0 ? SHORTEST_SLICE : slice;
    }

    /** When the first record of a file was written, as far as that can be known. */
    static Instant begun(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Matcher time = TIME.matcher(new String(in.readNBytes(128), StandardCharsets.UTF_8));
            return time.lookingAt() ? Instant.parse(time.group(1)) : Instant.now();
        } catch (IOException | RuntimeException unknown) {
            return Instant.now();
        }
    }

    /** So many lines were written, by this process alone, to a file that is an archive from now on. */
    void wrote(@Nullable Object key, long bytes, long lines) {
        if (key != null) {
            known.put(key, new Written(bytes, lines));
        }
    }

    /**
     * Removes the archives that are kept no longer, the oldest first.
     *
     * @param removed is told of each
     */
    void apply(Consumer<AuditEvent> removed) throws IOException {
        List<Archive> archives = archives();
        long all = archives.stream().mapToLong(one -> one.attributes().size()).sum();
        for (Archive oldest : archives.reversed()) {
            Optional<String> why = why(oldest, all);
            if (why.isEmpty()) {
                break;
            }
            long bytes = oldest.attributes().size();
            long lines = lines(oldest);
            String what = oldest.path().getFileName() + ", which had " + lines + " records in " + bytes
                    + " bytes, from "
                    + seconds(begun(oldest.path())) + " to "
                    + seconds(oldest.attributes().lastModifiedTime().toInstant()) + ", was removed: " + why.get();
            Files.delete(oldest.path());
            forget(oldest);
            all -= bytes;
            LOG.log(System.Logger.Level.WARNING, "Of the audit log " + file + " the archive " + what);
            removed.accept(new AuditEvent(clock.instant(), "archive_removed", what, lines));
        }
    }

    private void forget(Archive archive) {
        Object key = archive.attributes().fileKey();
        if (key != null) {
            known.remove(key);
        }
    }

    private Optional<String> why(Archive archive, long all) {
        Instant newest = archive.attributes().lastModifiedTime().toInstant();
        Optional<Duration> age = limits.age();
        if (age.isPresent() && newest.plus(age.get()).isBefore(clock.instant())) {
            return Optional.of("it is older than logging.audit.retention.days, "
                    + age.get().toDays() + ", allows.");
        }
        // the file that is written may become as large as one of them
        return all > limits.bytes() - most
                ? Optional.of("logging.audit.retention.bytes, " + limits.bytes()
                        + ", has space for no more. Raise it to keep more.")
                : Optional.empty();
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The youngest first. */
    private List<Archive> archives() throws IOException {
        List<Archive> found = new ArrayList<>();
        int oldest = AuditFiles.oldest(file);
        for (int age = 1; age <= oldest; age++) {
            Path path = AuditFiles.archive(file, age);
            if (Files.isRegularFile(path)) {
                found.add(new Archive(path, Files.readAttributes(path, BasicFileAttributes.class)));
            }
        }
        return found;
    }

    private long lines(Archive archive) throws IOException {
        Object key = archive.attributes().fileKey();
        Written written = key == null ? null : known.get(key);
        if (written != null && written.bytes() == archive.attributes().size()) {
            return written.lines();
        }
        long lines = 0;
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(archive.path())) {
            for (int count = in.read(block); count > 0; count = in.read(block)) {
                for (int i = 0; i < count; i++) {
                    if (block[i] == '\n') {
                        lines++;
                    }
                }
            }
        }
        return lines;
    }
}
