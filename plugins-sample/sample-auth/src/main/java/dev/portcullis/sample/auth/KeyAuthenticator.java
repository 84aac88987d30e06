package dev.portcullis.sample.auth;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import java.util.Optional;

/** Looks a presented key up. */
final class KeyAuthenticator implements Authenticator {
    private final KeyFile keys;
    private final String header;

    KeyAuthenticator(KeyFile keys, String header) {
        this.keys = keys;
        this.header = header;
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        Optional<String> presented =
                request.header(header).or(() -> request.bearer().filter(text -> text.startsWith(ApiKey.PREFIX)));
        if (presented.isEmpty()) {
            return AuthResult.abstained(AuthFailure.missing("api_key_missing"));
        }
        return ApiKey.parse(presented.get())
                .flatMap(key -> keys.find(key.id()).filter(entry -> entry.matches(key)))
                .map(entry -> AuthResult.authenticated(entry.principal()))
                .orElseGet(() -> AuthResult.rejected(AuthFailure.wrong("api_key_unknown")));
    }
}
