package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the gateway encrypts; there is none of it where it does not.
 *
 * @param autoGenerate whether a certificate may be made if there is none
 * @param certificate and {@code key}: both or neither is configured
 * @param authorities certificates that are sent along
 */
public record TlsConfig(
        boolean autoGenerate, Optional<Path> certificate, Optional<Path> key, Optional<Path> authorities) {}
