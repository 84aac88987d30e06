package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

/** {@code logging}: level of the gateway's log, and the file it also goes to. */
public record LoggingConfig(System.Logger.Level level, Optional<Path> file) {}
