package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code logging.audit}.
 *
 * @param file where the records go; {@code <state>/audit.jsonl} unless configured
 */
public record AuditConfig(boolean enabled, Optional<Path> file) {}
