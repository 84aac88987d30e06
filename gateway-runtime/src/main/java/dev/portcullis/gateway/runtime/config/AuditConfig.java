package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code logging.audit}.
 *
 * @param file where the records go; {@code <state>/audit.jsonl} unless configured
 * @param maxFileBytes when a file becomes an archive
 */
public record AuditConfig(boolean enabled, Optional<Path> file, long maxFileBytes) {
    /** As much as the reference gateway lets a log grow. */
    public static final long LARGEST_FILE = 100L * 1024 * 1024;
}
