package dev.portcullis.gateway.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthFailureTest {
    @Test
    void wrongCredentialCounts() {
        assertTrue(AuthFailure.wrong("token_mismatch").counted());
    }

    @Test
    void missingCredentialDoesNotCount() {
        assertFalse(AuthFailure.missing("token_missing").counted());
    }

    @Test
    void reasonIsKept() {
        assertEquals("token_missing", AuthFailure.missing("token_missing").reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Token", "token-missing", "_x", "no such user ada", "a\nb"})
    void reasonThatIsNoCodeIsRefused(String reason) {
        assertThrows(IllegalArgumentException.class, () -> AuthFailure.wrong(reason));
        assertThrows(IllegalArgumentException.class, () -> AuthFailure.missing(reason));
    }
}
