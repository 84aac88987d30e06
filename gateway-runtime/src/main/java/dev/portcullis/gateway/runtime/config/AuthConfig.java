package dev.portcullis.gateway.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is let in.
 *
 * @param mode the primary provider: {@code token}, {@code password}, {@code none}, {@code trusted-proxy}, or the name of a
 *     plugin's provider; resolved, also when the file does not say
 * @param providers further providers, consulted in order after the primary one
 * @param token from the file or the environment; empty if neither has one
 * @param identityScopes scopes by identity, for modes that prove one
 * @param browserOrigins web pages that may call where no secret is presented
 * @param defaultRole what identities may at most do, if roles are configured
 */
public record AuthConfig(
        String mode,
        List<String> providers,
        Optional<Secret> token,
        Optional<Secret> password,
        RateLimit rateLimit,
        Optional<TrustedProxy> trustedProxy,
        Map<String, Set<String>> identityScopes,
        BrowserOrigins browserOrigins,
        Optional<OperatorRole> defaultRole) {
    /**
     * What an identity may at most do: the definition in {@code gateway.roles} that {@code gateway.roles.default} names.
     *
     * @param scopes empty if the role does not limit them
     * @param agents whose sessions it may use; empty if the role does not limit them ({@code "*"})
     */
    public record OperatorRole(String name, Optional<Set<String>> scopes, Optional<Set<String>> agents) {
        public OperatorRole {
            scopes = scopes.map(Set::copyOf);
            agents = agents.map(Set::copyOf);
        }
    }

    /**
     * Web pages that may call where the credential is ambient ({@code gateway.controlUi}).
     *
     * @param allowed origins such as {@code https://tools.example}, or {@code *}
     * @param hostHeader whether the page's host may be whatever the {@code Host} header says
     */
    public record BrowserOrigins(List<String> allowed, boolean hostHeader) {
        /** What holds unless configured. */
        public static final BrowserOrigins DEFAULT = new BrowserOrigins(List.of(), false);

        public BrowserOrigins {
            allowed = List.copyOf(allowed);
        }
    }

    /** Limits on failed log-ins of one client address. */
    public record RateLimit(int maxAttempts, Duration window, Duration lockout, boolean exemptLoopback) {
        /** What holds unless configured; the reference gateway's numbers. */
        public static final RateLimit DEFAULT =
                new RateLimit(10, Duration.ofSeconds(60), Duration.ofSeconds(300), true);
    }

    /** An identity-aware proxy in front of the gateway. */
    public record TrustedProxy(
            String userHeader, List<String> requiredHeaders, List<String> allowUsers, boolean allowLoopback) {
        public TrustedProxy {
            requiredHeaders = List.copyOf(requiredHeaders);
            allowUsers = List.copyOf(allowUsers);
        }
    }

    public AuthConfig {
        providers = List.copyOf(providers);
        identityScopes = Map.copyOf(identityScopes);
    }

    /** The same with other limits. */
    public AuthConfig withRateLimit(RateLimit other) {
        return new AuthConfig(
                mode, providers, token, password, other, trustedProxy, identityScopes, browserOrigins, defaultRole);
    }

    /** The same with a token. */
    public AuthConfig withToken(Secret made) {
        return new AuthConfig(
                mode,
                providers,
                Optional.of(made),
                password,
                rateLimit,
                trustedProxy,
                identityScopes,
                browserOrigins,
                defaultRole);
    }
}
