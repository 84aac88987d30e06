package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code logging.audit}.
 *
 * @param file where the records go; {@code <state>/audit.jsonl} unless configured
 * @param maxFileBytes when a file becomes an archive
 * @param required whether a tool runs only while its record can be written
 */
public record AuditConfig(
        boolean enabled,
        Optional<Path> file,
        long maxFileBytes,
        boolean required,
        Durability durability,
        Retention retention) {
    /** As much as the reference gateway lets a log grow. */
    public static final long LARGEST_FILE = 100L * 1024 * 1024;

    static final long SMALLEST_FILE = 64L * 1024;

    /** More files would make every look at them slow. */
    static final int MOST_FILES = 1_000;

    /** Of which one is written: as many as the reference gateway keeps. */
    private static final int USUAL_FILES = 6;

    private static final int REFUSALS = 10;

    /** What has happened to the record of a call when the call is answered. */
    public enum Durability {
        /** It is in memory, and given to the operating system within a hundredth of a second. */
        BATCH,
        /** The operating system has it: the end of the process does not cost it. */
        OS,
        /** It is on the disk: the end of the machine does not cost it. */
        DISK
    }

    /**
     * How long records of admitted calls are kept; an archive goes as soon as one of both says so.
     *
     * @param age of the newest record of an archive; empty if age is no reason
     * @param bytes of all files together
     */
    public record Retention(Optional<Duration> age, long bytes) {}

    /** With what holds where nothing else is configured. */
    public AuditConfig(boolean enabled, Optional<Path> file, long maxFileBytes) {
        this(enabled, file, maxFileBytes, false, Durability.BATCH, usual(maxFileBytes));
    }

    /** What holds for requests that were refused before anybody was admitted: a tenth of the size, kept no longer than calls. */
    public AuditConfig forRefusals() {
        long most = Math.max(SMALLEST_FILE, maxFileBytes / REFUSALS);
        return new AuditConfig(
                enabled,
                file,
                most,
                false,
                Durability.BATCH,
                new Retention(
                        retention.age(),
                        Math.min(usual(most).bytes(), Math.max(2 * most, retention.bytes() / REFUSALS))));
    }

    static Retention usual(long maxFileBytes) {
        return new Retention(
                Optional.empty(),
                maxFileBytes > Long.MAX_VALUE / USUAL_FILES ? Long.MAX_VALUE : USUAL_FILES * maxFileBytes);
    }

    /** The largest file that is not configured: small enough for some archives, large enough for few. */
    static long fileFor(long retainedBytes) {
        return Math.max(
                Math.ceilDiv(retainedBytes, MOST_FILES),
                Math.clamp(retainedBytes / USUAL_FILES, SMALLEST_FILE, LARGEST_FILE));
    }
}
