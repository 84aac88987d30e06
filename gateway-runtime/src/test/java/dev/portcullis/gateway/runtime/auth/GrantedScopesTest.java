package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.AuthConfig.OperatorRole;
import dev.portcullis.gateway.runtime.config.AuthConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may do at most, whatever the provider granted. */
class GrantedScopesTest extends ChainFixture {
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
        Principal principal = admitted(
                openChain().authenticate(LOCAL, SentHeaders.of("Host: localhost", "X-OpenClaw-Scopes: " + scopes)));

        assertEquals(mayInvoke, principal.has(Scope.WRITE));
        assertEquals(owner, principal.owner());
    }

    @Test
    void anIdentityWithoutTheScopesHeaderKeepsWhatItWasGranted() {
        assertEquals(
                Principal.operator(), admitted(openChain().authenticate(LOCAL, SentHeaders.of("Host: localhost"))));
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

        Principal principal = admitted(chain(config, available(), 1).authenticate(REMOTE, NONE));

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
        return chain(config, available(), 1);
    }
}
