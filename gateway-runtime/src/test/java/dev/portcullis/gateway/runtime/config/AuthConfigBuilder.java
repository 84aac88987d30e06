package dev.portcullis.gateway.runtime.config;

import dev.portcullis.gateway.runtime.config.AuthConfig.BrowserOrigins;
import dev.portcullis.gateway.runtime.config.AuthConfig.OperatorRole;
import dev.portcullis.gateway.runtime.config.AuthConfig.RateLimit;
import dev.portcullis.gateway.runtime.config.AuthConfig.TrustedProxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a gateway authenticates, for tests that read no file: what is not set is as if nothing were configured. */
public final class AuthConfigBuilder {
    private final String mode;
    private List<String> providers = List.of();
    private Optional<Secret> token = Optional.empty();
    private Optional<Secret> password = Optional.empty();
    private Optional<TrustedProxy> trustedProxy = Optional.empty();
    private Map<String, Set<String>> identityScopes = Map.of();
    private BrowserOrigins browserOrigins = BrowserOrigins.DEFAULT;
    private Optional<OperatorRole> defaultRole = Optional.empty();

    private AuthConfigBuilder(String mode) {
        this.mode = mode;
    }

    public static AuthConfigBuilder auth(String mode) {
        return new AuthConfigBuilder(mode);
    }

    public AuthConfigBuilder providers(List<String> names) {
        providers = names;
        return this;
    }

    public AuthConfigBuilder token(Optional<Secret> value) {
        token = value;
        return this;
    }

    public AuthConfigBuilder password(Optional<Secret> value) {
        password = value;
        return this;
    }

    public AuthConfigBuilder trustedProxy(TrustedProxy proxy) {
        trustedProxy = Optional.of(proxy);
        return this;
    }

    public AuthConfigBuilder identityScopes(Map<String, Set<String>> scopes) {
        identityScopes = scopes;
        return this;
    }

    public AuthConfigBuilder browserOrigins(BrowserOrigins origins) {
        browserOrigins = origins;
        return this;
    }

    public AuthConfigBuilder defaultRole(OperatorRole role) {
        defaultRole = Optional.of(role);
        return this;
    }

    public AuthConfig build() {
        return new AuthConfig(
                mode,
                providers,
                token,
                password,
                RateLimit.DEFAULT,
                trustedProxy,
                identityScopes,
                browserOrigins,
                defaultRole);
    }
}
