package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthRequest;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Failed;
import dev.portcullis.gateway.runtime.auth.AuthDecision.LockedOut;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What it costs to try credentials. */
class GuessingTest extends ChainFixture {
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
                limiter.failed("203.0.113.9", "", true);
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
    void aKnownCallerIsServedAtOnceWhileOthersOnTheMachineGuess() throws Exception {
        Headers known = SentHeaders.of("Authorization: Bearer 0123456789abcdef0123456789abcdef");
        when(token.authenticate(any()))
                .thenAnswer(call ->
                        call.<AuthRequest>getArgument(0).bearer().orElseThrow().startsWith("0123") ? OPERATOR : WRONG);
        AuthenticationChain chain = chain("token");
        admitted(chain.authenticate(LOCAL, known));
        for (int i = 0; i < 10; i++) {
            chain.glance(LOCAL, SentHeaders.of("Authorization: Bearer guess-" + i));
        }

        assertInstanceOf(
                LockedOut.class, chain.authenticate(LOCAL, SentHeaders.of("Authorization: Bearer another-guess")));
        assertInstanceOf(Admitted.class, chain.authenticate(LOCAL, known));
        assertEquals(List.of(), pauses);
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
        assertEquals(Optional.empty(), limiter.lockout("203.0.113.9", ""));
    }

    @Test
    void aRequestThatCannotBeAttributedIsRefusedWithoutAsking() throws Exception {
        assertEquals(
                new Refused("proxy_attribution_required"),
                chain("token").authenticate(Attribution.none("127.0.0.1", false), NONE));

        verify(token, never()).authenticate(any());
    }
}
