package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRedactionTest {
    @AfterEach
    void forgetPatterns() {
        TextRedaction.use(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer CANARY1x",
                "authorization=Basic CANARY1x==",
                "got {\"Authorization\": \"Bearer CANARY1x\"}",
                "Proxy-Authorization: CANARY1x",
                "Cookie: a=b; session=CANARY1x",
                "X-Openclaw-Token: CANARY1x",
                "x-api-key: CANARY1x",
                "sent bearer CANARY1x.and.more",
                "http://user:CANARY1x@host/path",
                "https://CANARY1x@host",
                "GET /a?b=c&access_token=CANARY1x HTTP/1.1",
                "GET /a?key=CANARY1x#there",
                "MY_SERVICE_TOKEN=CANARY1x next",
                "db.password = 'CANARY1x with spaces'",
                "{\"clientSecret\":\"CANARY1x \\\" quoted\"}",
                "{'password': 'CANARY1x'}",
                "run --token CANARY1x --port 1",
                "run --auth-token=CANARY1x",
                "-----BEGIN PRIVATE KEY-----\nCANARY1x\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nCANARY1x",
                "eyJCANARY1x.eyJzdWIiOiIxIn0.c2ln",
                "key sk-CANARY1x is wrong",
                "ghp_CANARY1x",
                "xoxb-CANARY1x",
                "token 123456789:AACANARY1x0123456789012345678901",
            })
    void whatLooksLikeASecretIsTakenOut(String text) {
        String shown = TextRedaction.of(text);

        assertFalse(shown.contains("CANARY1x"), shown);
        assertTrue(shown.contains("***"), shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway.auth.token: it is blank. Write one of 32 characters or more.",
                "Set gateway.auth.mode=token, or pass --token TOKEN.",
                "Bearer credentials are needed; basic authentication is not supported",
                "The token is in /home/me/.portcullis/token",
                "http://127.0.0.1:18789/tools/invoke",
                "mail me@example.org about tools.allow",
                "config.service = \"http://127.0.0.1:9090\"",
                "Invocation 5F3A91C2-1: tool text_statistics of provider sample failed: java.lang.IllegalStateException",
            })
    void messagesForOperatorsStayAsTheyAre(String text) {
        assertEquals(text, TextRedaction.of(text));
    }

    @Test
    void knownSecretIsTakenOutWhereverItStands() {
        TextRedaction.know(List.of("correct horse battery staple", "short"));

        assertEquals("x***y short", TextRedaction.of("xcorrect horse battery stapley short"));
    }

    @Test
    void patternsOfTheOperatorAreAdded() {
        TextRedaction.use(List.of("case-\\d+", "/Ticket:\\w+/"));

        assertEquals("*** *** ticket:a ***", TextRedaction.of("CASE-77 Ticket:a ticket:a sk-1234567890"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(a+)+b", "", "a*", "/[/i"})
    void patternThatCannotBeUsedIsRefused(String pattern) {
        assertThrows(IllegalArgumentException.class, () -> RedactPattern.compile(pattern));
    }

    @Test
    void longHostileTextTakesNoLongTime() {
        String text = "token".repeat(100_000) + " bearer ".repeat(10_000) + "\"a:".repeat(50_000);

        assertTrue(TextRedaction.of(text).length() < text.length());
    }
}
