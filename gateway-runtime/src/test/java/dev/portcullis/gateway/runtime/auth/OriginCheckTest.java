package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.AuthConfig.BrowserOrigins;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginCheckTest {
    private final OriginCheck strict = new OriginCheck(BrowserOrigins.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, 127.0.0.1:18789, true, false",
        "https://evil.example, evil.example, true, false",
        "http://localhost:3000, 127.0.0.1:18789, true, true",
        "http://localhost:3000, 127.0.0.1:18789, false, false",
        "http://127.0.0.1:1, 127.0.0.1:18789, true, true",
        "http://[::1]:1, 127.0.0.1:18789, true, true",
        "http://127.0.0.1:18789, 127.0.0.1:18789, false, false",
        "http://192.168.1.5:18789, 192.168.1.5:18789, false, true",
        "http://192.168.1.5:18789, 192.168.1.5:18780, false, false",
        "http://192.168.1.5, 192.168.1.5:80, false, true",
        "https://192.168.1.5:443, 192.168.1.5, false, true",
        "http://100.64.1.1, 100.64.1.1, false, true",
        "http://[fd00::5]:8, [fd00::5]:8, false, true",
        "http://203.0.113.9, 203.0.113.9, false, false",
        "http://gateway.local, gateway.local, false, true",
        "http://gateway.local, gateway.local, true, false",
        "http://box.tail.ts.net, box.tail.ts.net, true, false",
        "http://Box.tail.ts.net, box.tail.ts.net, false, true",
        "http://evil.local.example, evil.local.example, false, false",
        "null, 127.0.0.1, true, false",
        "http://localhost/, 127.0.0.1, true, false",
        "http://localhost/x, 127.0.0.1, true, false",
        "http://localhost?x, 127.0.0.1, true, false",
        "http://u@localhost, 127.0.0.1, true, false",
        "file://localhost, 127.0.0.1, true, false",
        "localhost, 127.0.0.1, true, false",
        "'http://local host', 127.0.0.1, true, false",
    })
    void aPagePassesIfItIsNear(String origin, String host, boolean local, boolean passes) {
        assertEquals(passes, strict.passes(SentHeaders.of("Origin: " + origin, "Host: " + host), local));
    }

    @Test
    void whatIsNoPagePasses() {
        assertTrue(strict.passes(SentHeaders.of("Host: gw.example"), false));
    }

    @Test
    void twoOriginsAreNone() {
        assertFalse(strict.passes(SentHeaders.of("Origin: http://localhost", "Origin: http://localhost"), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://Tools.example", "*"})
    void anAllowedPagePasses(String entry) {
        OriginCheck lists = new OriginCheck(new BrowserOrigins(List.of(entry), false));

        assertTrue(lists.passes(SentHeaders.of("Origin: https://tools.EXAMPLE"), false));
    }

    @Test
    void theHostHeaderIsBelievedOnlyIfAskedFor() {
        Headers own = SentHeaders.of("Origin: https://gw.example", "Host: gw.example");

        assertFalse(strict.passes(own, false));
        assertTrue(new OriginCheck(new BrowserOrigins(List.of(), true)).passes(own, false));
    }
}
