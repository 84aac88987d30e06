package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.Optional;

/**
 * Something that is not as it should be.
 *
 * @param path the file or the config path that it is about; empty if there is none
 * @param fixHint what to do; empty if there is nothing to do
 * @param repair what {@code --fix} does about it
 */
public record Finding(
        String checkId, Severity severity, String message, String path, String fixHint, Optional<Repair> repair) {}
