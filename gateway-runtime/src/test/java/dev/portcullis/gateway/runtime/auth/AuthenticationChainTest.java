package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider.Kind;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Failed;
import dev.portcullis.gateway.runtime.auth.AuthDecision.LockedOut;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Refused;
import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.AuthConfig.BrowserOrigins;
import dev.portcullis.gateway.runtime.config.AuthConfig.OperatorRole;
import dev.portcullis.gateway.runtime.config.AuthConfig.RateLimit;
import dev.portcullis.gateway.runtime.config.AuthConfigBuilder;
import dev.portcullis.gateway.runtime.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationChainTest {
    private static final Attribution REMOTE = Attribution.direct(false, "203.0.113.9", false);
    private static final Attribution LOCAL = Attribution.direct(true, "127.0.0.1", false);
    private static final Attribution PROXIED = Attribution.proxied("10.0.0.7", "203.0.113.9");
    private static final Headers NONE = SentHeaders.of();
    private static final AuthResult OPERATOR = AuthResult.authenticated(Principal.operator());
    private static final AuthResult WRONG = AuthResult.rejected(AuthFailure.wrong("token_mismatch"));
    private static final AuthResult MISSING = AuthResult.abstained(AuthFailure.missing("token_missing"));

    private final Authenticator token = mock(Authenticator.class);
    private final Authenticator keys = mock(Authenticator.class);
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AuthRateLimiter limiter = new AuthRateLimiter(
            new RateLimit(3, Duration.ofSeconds(60), Duration.ofSeconds(300), true), () -> now, duration -> {
                pauses.add(duration);
                now = now.plus(duration);
            });

    @Test
    void whoeverHasTheSecretIsAdmittedWithTheGeneration() throws Exception {
        answers(token, OPERATOR);

        assertEquals(
                new Admitted(Principal.operator(), "token", 7), chain("token").authenticate(REMOTE, NONE));
    }

    @Test
    void aProviderThatIsNotListedIsNeverAsked() throws Exception {
        answers(token, MISSING);

        assertEquals(new Refused("token_missing"), chain("token").authenticate(REMOTE, NONE));

        verifyNoInteractions(keys);
    }

    @Test
    void aListedProviderIsAskedWhenThePrimaryOneAbstains() throws Exception {
        answers(token, MISSING);
        answers(keys, AuthResult.authenticated(Principal.of("ci", Set.of(Scope.WRITE))));

        assertEquals(
                new Admitted(Principal.of("ci", Set.of(Scope.WRITE)), "api-keys", 7),
                chain("token", "api-keys").authenticate(REMOTE, NONE));
    }

    @Test
    void theFirstRejectionEndsTheChain() throws Exception {
        answers(token, WRONG);

        assertEquals(new Refused("token_mismatch"), chain("token", "api-keys").authenticate(REMOTE, NONE));

        verifyNoInteractions(keys);
    }

    @Test
    void theFirstAdmissionEndsTheChain() throws Exception {
        answers(token, OPERATOR);

        chain("token", "api-keys").authenticate(REMOTE, NONE);

        verifyNoInteractions(keys);
    }

    @Test
    void aProviderListedTwiceIsAskedOnce() throws Exception {
        answers(token, MISSING);

        chain("token", "token").authenticate(REMOTE, NONE);

        verify(token, times(1)).authenticate(any());
    }

    @Test
    void whenAllAbstainAWrongCredentialIsTheReason() throws Exception {
        answers(token, MISSING);
        answers(keys, AuthResult.abstained(AuthFailure.wrong("key_unknown")));

        assertEquals(new Refused("key_unknown"), chain("token", "api-keys").authenticate(REMOTE, NONE));
    }

    @Test
    void whenAllAbstainTheReasonIsThatOfTheMode() throws Exception {
        answers(token, MISSING);
        answers(keys, AuthResult.abstained(AuthFailure.missing("key_missing")));

        assertEquals(new Refused("token_missing"), chain("token", "api-keys").authenticate(REMOTE, NONE));
    }

    @Test
    void aProviderThatThrowsNeverAdmits() throws Exception {
        when(token.authenticate(any())).thenThrow(new IllegalStateException("secret-in-message"));

        Failed failed =
                assertInstanceOf(Failed.class, chain("token", "api-keys").authenticate(REMOTE, NONE));

        assertEquals("token", failed.provider());
        assertTrue(failed.detail().startsWith("threw java.lang.IllegalStateException"), failed.detail());
        assertFalse(failed.detail().contains("secret-in-message"));
        verifyNoInteractions(keys);
    }

    @Test
    void aProviderThatDoesNotLinkNeverAdmits() throws Exception {
        when(token.authenticate(any())).thenThrow(new NoClassDefFoundError("acme/Gone"));

        assertInstanceOf(Failed.class, chain("token").authenticate(REMOTE, NONE));
    }

    @Test
    void aProviderThatReturnsNullNeverAdmits() {
        assertEquals(new Failed("token", "returned null"), chain("token").authenticate(REMOTE, NONE));
    }

    @Test
    void missingCredentialsNeverLock() throws Exception {
        answers(token, MISSING);

        for (int i = 0; i < 50; i++) {
            assertEquals(new Refused("token_missing"), chain("token").authenticate(REMOTE, NONE));
        }
    }

    @Test
    void whileLockedOutNoAuthenticatorIsAsked() throws Exception {
        answers(token, WRONG);
        AuthenticationChain chain = chain("token");
        for (int i = 0; i < 3; i++) {
            assertEquals(new Refused("token_mismatch"), chain.authenticate(REMOTE, NONE));
        }
        answers(token, OPERATOR);

        assertEquals(new LockedOut(Duration.ofSeconds(300)), chain.authenticate(REMOTE, NONE));

        verify(token, times(3)).authenticate(any());
        Attribution neighbour = Attribution.direct(false, "203.0.113.10", false);
        assertInstanceOf(Admitted.class, chain.authenticate(neighbour, NONE));
    }

    @Test
    void aRightGuessThatTheLockOvertookIsNotAdmitted() throws Exception {
        when(token.authenticate(any())).thenAnswer(call -> {
            for (int i = 0; i < 3; i++) {
                limiter.failed("203.0.113.9");
            }
            return OPERATOR;
        });

        assertInstanceOf(LockedOut.class, chain("token").authenticate(REMOTE, NONE));
    }

    @Test
    void theRightSecretForgetsFailures() throws Exception {
        AuthenticationChain chain = chain("token");
        for (AuthResult result : List.of(WRONG, WRONG, OPERATOR, WRONG, WRONG)) {
            answers(token, result);
            chain.authenticate(REMOTE, NONE);
        }
        answers(token, OPERATOR);

        assertInstanceOf(Admitted.class, chain.authenticate(REMOTE, NONE));
    }

    @Test
    void anIdentityOfItsOwnDoesNotForgetGuessesAtTheSecret() throws Exception {
        AuthenticationChain chain = chain("token", "api-keys");
        answers(keys, AuthResult.authenticated(Principal.of("ci", Set.of(Scope.READ))));
        for (AuthResult result : List.of(WRONG, WRONG, MISSING, WRONG)) {
            answers(token, result);
            chain.authenticate(REMOTE, NONE);
        }

        assertInstanceOf(LockedOut.class, chain.authenticate(REMOTE, NONE));
    }

    @Test
    void aBrokenProviderDoesNotMakeGuessingFree() throws Exception {
        answers(token, AuthResult.abstained(AuthFailure.wrong("token_mismatch")));
        when(keys.authenticate(any())).thenThrow(new IllegalStateException());
        AuthenticationChain chain = chain("token", "api-keys");
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(Failed.class, chain.authenticate(REMOTE, NONE));
        }

        assertInstanceOf(LockedOut.class, chain.authenticate(REMOTE, NONE));
    }

    @Test
    void aLocalCallerWhoGuessesIsDelayedAndNeverLockedOut() throws Exception {
        answers(token, WRONG);

        for (int i = 0; i < 4; i++) {
            assertEquals(new Refused("token_mismatch"), chain("token").authenticate(LOCAL, NONE));
        }

        assertEquals(
                List.of(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)),
                pauses);
    }

    @Test
    void aClientBehindAProxyIsLockedOutByItsOwnAddress() throws Exception {
        answers(token, WRONG);
        AuthenticationChain chain = chain("token");
        for (int i = 0; i < 3; i++) {
            chain.authenticate(PROXIED, NONE);
        }

        assertInstanceOf(LockedOut.class, chain.authenticate(PROXIED, NONE));
        assertInstanceOf(Refused.class, chain.authenticate(Attribution.proxied("10.0.0.7", "203.0.113.77"), NONE));
    }

    @Test
    void aRecheckNeitherCountsNorDelays() throws Exception {
        answers(token, WRONG);
        AuthenticationChain chain = chain("token");

        for (int i = 0; i < 10; i++) {
            assertEquals(new Refused("token_mismatch"), chain.recheck(LOCAL, NONE));
            assertEquals(new Refused("token_mismatch"), chain.recheck(REMOTE, NONE));
        }

        assertEquals(List.of(), pauses);
        assertEquals(Optional.empty(), limiter.lockout("203.0.113.9"));
    }

    @Test
    void aRequestThatCannotBeAttributedIsRefusedWithoutAsking() throws Exception {
        assertEquals(
                new Refused("proxy_attribution_required"),
                chain("token").authenticate(Attribution.none("127.0.0.1", false), NONE));

        verify(token, never()).authenticate(any());
    }

    @Test
    void aSharedSecretIgnoresTheScopesHeader() throws Exception {
        answers(token, OPERATOR);

        assertEquals(
                Principal.operator(),
                admitted(chain("token").authenticate(REMOTE, SentHeaders.of("x-openclaw-scopes: operator.read"))));
    }

    @ParameterizedTest
    @CsvSource({
        "operator.admin, true, true",
        "operator.write, true, false",
        "'operator.read, operator.write', true, false",
        "' operator.write ,,banana', true, false",
        "operator.read, false, false",
        "OPERATOR.WRITE, false, false",
        "write, false, false",
        "'', false, false",
        "'  ', false, false",
        "',', false, false",
        "banana, false, false",
    })
    void anIdentityIsNarrowedByTheScopesHeader(String scopes, boolean mayInvoke, boolean owner) {
        Principal principal = admitted(openChain().authenticate(LOCAL, SentHeaders.of("X-OpenClaw-Scopes: " + scopes)));

        assertEquals(mayInvoke, principal.has(Scope.WRITE));
        assertEquals(owner, principal.owner());
    }

    @Test
    void anIdentityWithoutTheScopesHeaderKeepsWhatItWasGranted() {
        assertEquals(Principal.operator(), admitted(openChain().authenticate(LOCAL, NONE)));
    }

    @Test
    void theScopesHeaderNeverAdds() throws Exception {
        answers(keys, AuthResult.authenticated(Principal.of("ci", Set.of(Scope.WRITE))));

        Principal principal =
                admitted(chain("api-keys").authenticate(REMOTE, SentHeaders.of("x-openclaw-scopes: operator.admin")));

        assertEquals(Set.of(Scope.WRITE), principal.scopes());
    }

    @Test
    void identityScopesAreTheMostAnIdentityGets() throws Exception {
        answers(keys, AuthResult.authenticated(Principal.of("ro@company.org", Scope.OPERATOR_DEFAULTS)));
        AuthConfig config = config("api-keys", List.of(), Map.of("ro@company.org", Set.of("operator.read")));

        Principal principal =
                admitted(new AuthenticationChain(config, available(), limiter, 1).authenticate(REMOTE, NONE));

        assertEquals(Set.of(Scope.READ), principal.scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "operator.admin"})
    void aRoleIsTheMostAnIdentityGets(String asked) throws Exception {
        answers(keys, AuthResult.authenticated(Principal.of("nick", Scope.OPERATOR_DEFAULTS)));
        Headers headers = asked.isEmpty() ? NONE : SentHeaders.of("x-openclaw-scopes: " + asked);

        AuthDecision decision = guests().authenticate(REMOTE, headers);

        assertTrue(admitted(decision).has(Scope.WRITE));
        assertFalse(admitted(decision).owner());
        assertEquals(Optional.of(Set.of("main")), guests().agents((Admitted) decision));
    }

    @Test
    void aRoleDoesNotLimitWhoeverHasTheSecret() throws Exception {
        answers(keys, MISSING);
        answers(token, OPERATOR);

        AuthDecision decision = guests().authenticate(REMOTE, NONE);

        assertTrue(admitted(decision).owner());
        assertEquals(Optional.empty(), guests().agents((Admitted) decision));
    }

    private AuthenticationChain guests() {
        OperatorRole guest = new OperatorRole(
                "guest", Optional.of(Set.of("operator.read", "operator.write")), Optional.of(Set.of("main")));
        AuthConfig config = AuthConfigBuilder.auth("api-keys")
                .providers(List.of("token"))
                .defaultRole(guest)
                .build();
        return new AuthenticationChain(config, available(), limiter, 1);
    }

    @Test
    void aNameThatNobodyProvidesIsAnErrorThatListsTheKnownOnes() {
        UnknownAuthProviderException unknown = assertThrows(
                UnknownAuthProviderException.class,
                () -> new AuthenticationChain(config("tokn", List.of("ldap"), Map.of()), available(), limiter, 1));

        assertTrue(unknown.getMessage().contains("gateway.auth.mode names \"tokn\""), unknown.getMessage());
        assertTrue(unknown.getMessage().contains("gateway.auth.providers names \"ldap\""), unknown.getMessage());
        assertTrue(unknown.getMessage().contains("Known names: api-keys, token"), unknown.getMessage());
    }

    @Test
    void aForeignPageDoesNotMatterWhereASecretIsPresented() throws Exception {
        answers(token, OPERATOR);

        assertInstanceOf(
                Admitted.class, chain("token").authenticate(LOCAL, SentHeaders.of("Origin: https://evil.example")));
    }

    @Test
    void aForeignPageIsRefusedWhereNoSecretIsPresented() {
        assertEquals(
                new Refused("origin_not_allowed"),
                openChain()
                        .authenticate(LOCAL, SentHeaders.of("Origin: https://evil.example", "Host: 127.0.0.1:18789")));
    }

    @Test
    void anAllowedPageIsAdmittedWhereNoSecretIsPresented() {
        AuthConfig config = config("none", Map.of(), new BrowserOrigins(List.of("https://tools.example"), false));
        NamedAuthenticator open = new NamedAuthenticator("none", Kind.IDENTITY, request -> OPERATOR);

        assertInstanceOf(
                Admitted.class,
                new AuthenticationChain(config, List.of(open), limiter, 1)
                        .authenticate(LOCAL, SentHeaders.of("Origin: https://tools.example")));
    }

    @Test
    void aForeignPageBehindAProxyIsRefused() {
        assertEquals(
                new Refused("trusted_proxy_origin_not_allowed"),
                proxyChain(OPERATOR, WRONG).authenticate(PROXIED, SentHeaders.of("Origin: https://evil.example")));
    }

    @Test
    void aLocalOperatorMayUseThePasswordWhereTheProxyFails() {
        AuthDecision decision = proxyChain(MISSING, OPERATOR)
                .authenticate(LOCAL, SentHeaders.of("Authorization: Bearer pw", "x-openclaw-scopes: operator.read"));

        assertEquals(new Admitted(Principal.operator(), "password", 7), decision);
    }

    @Test
    void aWrongLocalPasswordIsDelayedAndSaysSo() {
        AuthDecision decision = proxyChain(MISSING, AuthResult.abstained(AuthFailure.wrong("password_mismatch")))
                .authenticate(LOCAL, SentHeaders.of("Authorization: Bearer pw"));

        assertEquals(new Refused("password_mismatch"), decision);
        assertEquals(List.of(Duration.ofMillis(250)), pauses);
    }

    @Test
    void withoutABearerTheProxysReasonStands() {
        assertEquals(new Refused("token_missing"), proxyChain(MISSING, OPERATOR).authenticate(LOCAL, NONE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePasswordIsForLocalCallersAlone(boolean proxied) {
        assertEquals(
                new Refused("token_missing"),
                proxyChain(MISSING, OPERATOR)
                        .authenticate(proxied ? PROXIED : REMOTE, SentHeaders.of("Authorization: Bearer pw")));
    }

    @Test
    void withoutAConfiguredPasswordThereIsNoFallback() {
        AuthConfig config = config("trusted-proxy", List.of(), Map.of());
        List<NamedAuthenticator> providers = List.of(
                new NamedAuthenticator("trusted-proxy", Kind.IDENTITY, request -> MISSING),
                new NamedAuthenticator("password", Kind.SHARED_SECRET, request -> OPERATOR));

        assertEquals(
                new Refused("token_missing"),
                new AuthenticationChain(config, providers, limiter, 1)
                        .authenticate(LOCAL, SentHeaders.of("Authorization: Bearer pw")));
    }

    @ParameterizedTest
    @CsvSource({
        "'Bearer X', X", "'bearer  X ', X", "'BEARER X', X", "' Bearer X', X", "'Bearer a b', 'a b'",
        "'Basic eDp5', ", "'Bearer', ", "'Bearer   ', ", "'BearerX', ", "'', "
    })
    void onlyABearerHeaderIsACredential(String header, String credential) {
        AttributedRequest request = new AttributedRequest(REMOTE, SentHeaders.of("authorization: " + header));

        assertEquals(Optional.ofNullable(credential), request.bearer());
    }

    @Test
    void ofTwoCredentialsTheFirstIsMeant() {
        Headers two = SentHeaders.of("Authorization: Bearer one", "Authorization: Bearer two");

        assertEquals(Optional.of("one"), new AttributedRequest(REMOTE, two).bearer());
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT_LOCAL", "DIRECT_REMOTE", "TRUSTED_PROXY"})
    void anAuthenticatorSeesWhereARequestComesFrom(Attribution.Kind kind) {
        Attribution from = new Attribution(kind, "10.0.0.7", Optional.of("203.0.113.9"), true);
        AttributedRequest request = new AttributedRequest(from, SentHeaders.of("X-Secret: s3cret"));

        assertEquals("203.0.113.9", request.clientAddress());
        assertEquals("10.0.0.7", request.peerAddress());
        assertEquals(kind == Attribution.Kind.DIRECT_LOCAL, request.directLocal());
        assertEquals(kind == Attribution.Kind.TRUSTED_PROXY, request.viaTrustedProxy());
        assertFalse(request.toString().contains("s3cret"));
    }

    private static void answers(Authenticator authenticator, AuthResult result) throws Exception {
        when(authenticator.authenticate(any())).thenReturn(result);
    }

    private static Principal admitted(AuthDecision decision) {
        return assertInstanceOf(Admitted.class, decision).principal();
    }

    private List<NamedAuthenticator> available() {
        return List.of(
                new NamedAuthenticator("token", Kind.SHARED_SECRET, token),
                new NamedAuthenticator("api-keys", Kind.IDENTITY, keys));
    }

    private AuthenticationChain chain(String mode, String... providers) {
        return new AuthenticationChain(config(mode, List.of(providers), Map.of()), available(), limiter, 7);
    }

    private AuthenticationChain openChain() {
        NamedAuthenticator open = new NamedAuthenticator("none", Kind.IDENTITY, request -> OPERATOR);
        return new AuthenticationChain(config("none", List.of(), Map.of()), List.of(open), limiter, 7);
    }

    private AuthenticationChain proxyChain(AuthResult byProxy, AuthResult byPassword) {
        AuthConfig config = AuthConfigBuilder.auth("trusted-proxy")
                .password(Optional.of(new Secret("pw")))
                .build();
        return new AuthenticationChain(
                config,
                List.of(
                        new NamedAuthenticator("trusted-proxy", Kind.IDENTITY, request -> byProxy),
                        new NamedAuthenticator("password", Kind.SHARED_SECRET, request -> byPassword)),
                limiter,
                7);
    }

    private static AuthConfig config(String mode, List<String> providers, Map<String, Set<String>> identityScopes) {
        return AuthConfigBuilder.auth(mode)
                .providers(providers)
                .identityScopes(identityScopes)
                .build();
    }

    private static AuthConfig config(String mode, Map<String, Set<String>> identityScopes, BrowserOrigins origins) {
        return AuthConfigBuilder.auth(mode)
                .identityScopes(identityScopes)
                .browserOrigins(origins)
                .build();
    }
}
