package dev.portcullis.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretAuthenticatorTest {
    private final SharedSecretAuthenticator token =
            new SharedSecretAuthenticator("token", Optional.of("s3cret-ünicode"));

    @Test
    void theRightSecretIsTheOperator() {
        AuthResult result = token.authenticate(FakeRequest.local().with("Authorization", "Bearer s3cret-ünicode"));

        assertEquals(AuthResult.authenticated(Principal.operator()), result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret-ünicod", "s3cret-ünicodeX", "S3CRET-ÜNICODE", "\0", "__OPENCLAW_REDACTED__"})
    void anythingElseIsAMismatchThatCounts(String wrong) {
        AuthFailure failure =
                failureOf(token.authenticate(FakeRequest.local().with("Authorization", "Bearer " + wrong)));

        assertEquals("token_mismatch", failure.reason());
        assertTrue(failure.counted());
    }

    @Test
    void aMissingCredentialDoesNotCount() {
        AuthFailure failure = failureOf(token.authenticate(FakeRequest.local()));

        assertEquals("token_missing", failure.reason());
        assertFalse(failure.counted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void aBlankSecretAdmitsNobody(String blank) {
        SharedSecretAuthenticator password = new SharedSecretAuthenticator("password", Optional.of(blank));

        AuthFailure failure =
                failureOf(password.authenticate(FakeRequest.local().with("Authorization", "Bearer " + blank)));

        assertEquals("password_missing_config", failure.reason());
        assertFalse(failure.counted());
    }

    @Test
    void aRedactedSecretAdmitsNobody() {
        SharedSecretAuthenticator password =
                new SharedSecretAuthenticator("password", Optional.of("__OPENCLAW_REDACTED__"));

        AuthFailure failure = failureOf(
                password.authenticate(FakeRequest.local().with("Authorization", "Bearer __OPENCLAW_REDACTED__")));

        assertEquals("password_redacted_config", failure.reason());
    }

    @Test
    void theConfiguredSecretIsTrimmed() {
        SharedSecretAuthenticator padded = new SharedSecretAuthenticator("token", Optional.of("  abc \n"));

        assertInstanceOf(
                AuthResult.Authenticated.class,
                padded.authenticate(FakeRequest.local().with("Authorization", "Bearer abc")));
    }

    private static AuthFailure failureOf(AuthResult result) {
        return assertInstanceOf(AuthResult.Abstained.class, result).failure();
    }
}
