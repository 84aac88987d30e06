package dev.portcullis.gateway.auth;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import java.util.Optional;

/** Admits whoever presents the secret as bearer credential. */
final class SharedSecretAuthenticator implements Authenticator {
    /** What a configuration holds that was copied from a display. */
    private static final String REDACTED = "__OPENCLAW_REDACTED__";

    private final String name;
    private final Optional<ExpectedSecret> expected;
    private final String unusable;

    /**
     * @param name what the secret is called; reasons begin with it
     */
    SharedSecretAuthenticator(String name, Optional<String> configured) {
        this.name = name;
        Optional<String> secret = configured.map(String::strip).filter(value -> !value.isEmpty());
        boolean redacted = secret.filter(REDACTED::equals).isPresent();
        this.expected = redacted ? Optional.empty() : secret.map(ExpectedSecret::new);
        this.unusable = name + (redacted ? "_redacted_config" : "_missing_config");
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        if (expected.isEmpty()) {
            return AuthResult.abstained(AuthFailure.missing(unusable));
        }
        Optional<String> presented = request.bearer();
        if (presented.isEmpty()) {
            return AuthResult.abstained(AuthFailure.missing(name + "_missing"));
        }
        // Another provider may know a bearer text that is not this secret; if none does, it counts as wrong.
        return expected.get().matches(presented.get())
                ? AuthResult.authenticated(Principal.operator())
                : AuthResult.abstained(AuthFailure.wrong(name + "_mismatch"));
    }
}
