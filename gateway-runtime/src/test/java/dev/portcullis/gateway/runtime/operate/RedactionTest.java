package dev.portcullis.gateway.runtime.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "botToken",
                "password",
                "apiKey",
                "api_key",
                "client-secret",
                "Authorization",
                "privateKey",
                "credentials",
                "cookie",
                "key"
            })
    void whatIsCalledASecretIsHidden(String name) {
        assertEquals(Map.of(name, Redaction.HIDDEN), Redaction.redact(Map.of(name, "value-of-it")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode", "port", "bind", "mainKey", "allow", "profile"})
    void whatIsNoSecretIsShown(String name) {
        assertEquals(Map.of(name, "value"), Redaction.redact(Map.of(name, "value")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-abcdefghijklmnop",
                "ghp_abcdefghijklmnopqrst",
                "eyJhbGciOiJIUzI1NiJ9.e30.abc",
                "-----BEGIN PRIVATE KEY-----\nabc"
            })
    void whatLooksLikeASecretIsHiddenUnderAnyName(String value) {
        assertEquals(List.of(Redaction.HIDDEN), Redaction.redact(List.of(value)));
    }

    @Test
    void everythingBelowASecretBlockIsHidden() {
        Object shown =
                Redaction.redact(Map.of("env", Map.of("FOO", "bar"), "secrets", Map.of("list", List.of("x", 7))));

        assertFalse(String.valueOf(shown).matches(".*(bar|x|7).*"), String.valueOf(shown));
    }

    @Test
    void aPasswordInAUrlIsHidden() {
        assertEquals("https://" + Redaction.HIDDEN + "@host/path", Redaction.redact("https://user:pass@host/path"));
    }

    @Test
    void aNumericPasswordIsHiddenAndATokenCountIsNot() {
        assertEquals(
                Map.of("password", Redaction.HIDDEN, "maxTokens", 100),
                Redaction.redact(Map.of("password", 1234, "maxTokens", 100)));
    }

    @Test
    void aReferenceToASecretSaysWhereItIs() {
        Map<String, Object> reference = Map.of("source", "env", "provider", "default", "id", "GATEWAY_TOKEN");

        assertEquals(Map.of("token", reference), Redaction.redact(Map.of("token", reference)));
    }
}
