package dev.portcullis.gateway.runtime.kit;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.PluginContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Admits whom a test says a request is from; abstains from all others, so that a provider under test is asked. */
final class KnownCallers implements AuthProvider, Authenticator {
    static final String NAME = "testkit";
    static final String HEADER = "x-portcullis-testkit";

    private final Map<String, Principal> present = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return NAME;
    }

    /** The caller is who the test says, with the scopes it says. */
    @Override
    public Kind kind() {
        return Kind.SHARED_SECRET;
    }

    @Override
    public Authenticator create(PluginContext context) {
        return this;
    }

    /** What a request has to show. */
    String enter(Principal principal) {
        String badge = UUID.randomUUID().toString();
        present.put(badge, principal);
        return badge;
    }

    void leave(String badge) {
        present.remove(badge);
    }

    @Override
    public AuthResult authenticate(AuthRequest request) {
        Optional<String> badge = request.header(HEADER);
        @Nullable Principal known = badge.isEmpty() ? null : present.get(badge.get());
        return known == null
                ? AuthResult.abstained(AuthFailure.missing("testkit_caller_missing"))
                : AuthResult.authenticated(known);
    }
}
