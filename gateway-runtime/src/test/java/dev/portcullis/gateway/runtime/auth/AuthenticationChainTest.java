package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Failed;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is asked, in which order, and whose answer counts. */
class AuthenticationChainTest extends ChainFixture {
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
    void aNameThatNobodyProvidesIsAnErrorThatListsTheKnownOnes() {
        UnknownAuthProviderException unknown = assertThrows(
                UnknownAuthProviderException.class,
                () -> chain(config("tokn", List.of("ldap"), Map.of()), available(), 1));

        assertTrue(unknown.getMessage().contains("gateway.auth.mode names \"tokn\""), unknown.getMessage());
        assertTrue(unknown.getMessage().contains("gateway.auth.providers names \"ldap\""), unknown.getMessage());
        assertTrue(unknown.getMessage().contains("Known names: api-keys, token"), unknown.getMessage());
    }
}
