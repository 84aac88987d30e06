package dev.portcullis.gateway.auth;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.plugin.PluginContext;

/** An identity-aware proxy in front of the gateway says who the user is, in a header. */
public final class TrustedProxyAuthProvider implements AuthProvider {
    /** Created by the gateway. */
    public TrustedProxyAuthProvider() {}

    @Override
    public String name() {
        return "trusted-proxy";
    }

    @Override
    public Kind kind() {
        return Kind.IDENTITY;
    }

    @Override
    public Authenticator create(PluginContext context) {
        return new TrustedProxyAuthenticator(ProxySettings.read(context.config()), new HostInterfaces());
    }
}
