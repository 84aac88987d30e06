package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.Authenticator;

/**
 * An authenticator with what its provider said of itself.
 *
 * @param bounded whether it may take no longer than the configuration says, because nobody knows what it does
 */
public record NamedAuthenticator(String name, AuthProvider.Kind kind, Authenticator authenticator, boolean bounded) {}
