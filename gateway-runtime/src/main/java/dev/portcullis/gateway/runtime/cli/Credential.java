package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.Secret;

/**
 * What proves to a gateway who asks.
 *
 * @param source where it came from, for messages; the secret itself is never shown
 */
record Credential(Secret secret, String source) {}
