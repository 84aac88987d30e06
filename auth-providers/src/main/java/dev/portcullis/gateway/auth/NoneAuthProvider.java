package dev.portcullis.gateway.auth;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.PluginContext;

/** No authentication: whoever reaches the gateway is the operator. The gateway then listens on loopback alone. */
public final class NoneAuthProvider implements AuthProvider {
    /** Created by the gateway. */
    public NoneAuthProvider() {}

    @Override
    public String name() {
        return "none";
    }

    /** An identity, so that a caller may ask for fewer scopes. */
    @Override
    public Kind kind() {
        return Kind.IDENTITY;
    }

    @Override
    public Authenticator create(PluginContext context) {
        return request -> AuthResult.authenticated(Principal.operator());
    }
}
