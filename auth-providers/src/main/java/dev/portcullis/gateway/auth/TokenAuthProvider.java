package dev.portcullis.gateway.auth;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.plugin.PluginContext;

/** The shared token: {@code Authorization: Bearer <token>}. */
public final class TokenAuthProvider implements AuthProvider {
    /** Created by the gateway. */
    public TokenAuthProvider() {}

    @Override
    public String name() {
        return "token";
    }

    @Override
    public Kind kind() {
        return Kind.SHARED_SECRET;
    }

    @Override
    public Authenticator create(PluginContext context) {
        return new SharedSecretAuthenticator(name(), context.config().string("token"));
    }
}
