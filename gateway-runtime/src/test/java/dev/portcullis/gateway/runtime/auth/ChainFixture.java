package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider.Kind;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.AuthConfig.BrowserOrigins;
import dev.portcullis.gateway.runtime.config.AuthConfig.RateLimit;
import dev.portcullis.gateway.runtime.config.AuthConfigBuilder;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two providers, a limiter, and a clock that stands unless somebody is made to wait. */
abstract class ChainFixture {
    static final Attribution REMOTE = Attribution.direct(false, "203.0.113.9", false);
    static final Attribution LOCAL = Attribution.direct(true, "127.0.0.1", false);
    static final Attribution PROXIED = Attribution.proxied("10.0.0.7", "203.0.113.9");
    static final Headers NONE = SentHeaders.of();
    static final AuthResult OPERATOR = AuthResult.authenticated(Principal.operator());
    static final AuthResult WRONG = AuthResult.rejected(AuthFailure.wrong("token_mismatch"));
    static final AuthResult MISSING = AuthResult.abstained(AuthFailure.missing("token_missing"));

    final Authenticator token = mock(Authenticator.class);
    final Authenticator keys = mock(Authenticator.class);
    final List<Duration> pauses = new ArrayList<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final AuthRateLimiter limiter = new AuthRateLimiter(
            new RateLimit(3, Duration.ofSeconds(60), Duration.ofSeconds(300), true), () -> now, duration -> {
                pauses.add(duration);
                now = now.plus(duration);
            });

    static void answers(Authenticator authenticator, AuthResult result) throws Exception {
        when(authenticator.authenticate(any())).thenReturn(result);
    }

    static Principal admitted(AuthDecision decision) {
        return assertInstanceOf(Admitted.class, decision).principal();
    }

    List<NamedAuthenticator> available() {
        return List.of(
                new NamedAuthenticator("token", Kind.SHARED_SECRET, token, false),
                new NamedAuthenticator("api-keys", Kind.IDENTITY, keys, false));
    }

    AuthenticationChain chain(String mode, String... providers) {
        return chain(config(mode, List.of(providers), Map.of()), available(), 7);
    }

    AuthenticationChain chain(AuthConfig config, List<NamedAuthenticator> available, long generation) {
        return new AuthenticationChain(
                config, available, InvokeConfig.DEFAULT.authProviderTimeout(), limiter, generation);
    }

    AuthenticationChain openChain() {
        NamedAuthenticator open = new NamedAuthenticator("none", Kind.IDENTITY, request -> OPERATOR, false);
        return chain(config("none", List.of(), Map.of()), List.of(open), 7);
    }

    AuthenticationChain proxyChain(AuthResult byProxy, AuthResult byPassword) {
        AuthConfig config = AuthConfigBuilder.auth("trusted-proxy")
                .password(Optional.of(new Secret("pw")))
                .build();
        return chain(
                config,
                List.of(
                        new NamedAuthenticator("trusted-proxy", Kind.IDENTITY, request -> byProxy, false),
                        new NamedAuthenticator("password", Kind.SHARED_SECRET, request -> byPassword, false)),
                7);
    }

    static AuthConfig config(String mode, List<String> providers, Map<String, Set<String>> identityScopes) {
        return AuthConfigBuilder.auth(mode)
                .providers(providers)
                .identityScopes(identityScopes)
                .build();
    }

    static AuthConfig config(String mode, Map<String, Set<String>> identityScopes, BrowserOrigins origins) {
        return AuthConfigBuilder.auth(mode)
                .identityScopes(identityScopes)
                .browserOrigins(origins)
                .build();
    }
}
