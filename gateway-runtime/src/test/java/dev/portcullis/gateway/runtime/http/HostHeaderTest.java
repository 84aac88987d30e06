package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "a.example:18789", "127.0.0.1", "[::1]", "[::1]:80", "h:", "xn--bcher-kva.example"})
    void hostOfAUrlIsValid(String host) {
        assertTrue(HostHeader.valid(List.of(host)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad host",
                "a/b",
                "a?b",
                "a#b",
                "a@b",
                "a\\b",
                ":80",
                "h:99999",
                "h:8x",
                "[::1",
                "[]",
                "a]b",
                "%41",
                ""
            })
    void whatNoUrlCouldHaveIsNot(String host) {
        assertFalse(HostHeader.valid(List.of(host)));
    }
}
