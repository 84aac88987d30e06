package dev.portcullis.gateway.auth;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.plugin.PluginContext;

/** The shared password: {@code Authorization: Bearer <password>}. */
public final class PasswordAuthProvider implements AuthProvider {
    /** Created by the gateway. */
    public PasswordAuthProvider() {}

    @Override
    public String name() {
        return "password";
    }

    @Override
    public Kind kind() {
        return Kind.SHARED_SECRET;
    }

    @Override
    public Authenticator create(PluginContext context) {
        return new SharedSecretAuthenticator(name(), context.config().string("password"));
    }
}
