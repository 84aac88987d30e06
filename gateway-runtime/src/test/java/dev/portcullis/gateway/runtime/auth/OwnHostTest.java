package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.config.AuthConfig.BrowserOrigins;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnHostTest {
    private static final InetAddress OWN = InetAddress.ofLiteral("192.168.1.5");
    private static final OwnHost STRICT = new OwnHost(BrowserOrigins.DEFAULT, OWN::equals);

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LocalHost:18789, true",
        "127.0.0.1:18789, true",
        "127.8.8.8, true",
        "[::1]:18789, true",
        "[::1], true",
        "192.168.1.5:18789, true",
        "192.168.1.6:18789, false",
        "0.0.0.0:18789, false",
        "evil.example:18789, false",
        "evil.local, false",
        "evil.ts.net, false",
        "localhost.evil.example, false",
        "127.0.0.1.evil.example, false",
        "127.1, false",
        "2130706433, false",
        "localhost., false",
        "'', false",
    })
    void gatewayIsNamedByLoopbackAndItsAddresses(String host, boolean own) {
        assertEquals(own, STRICT.named(SentHeaders.of("Host: " + host)));
    }

    @Test
    void requestWithoutHostNamesNobody() {
        assertFalse(STRICT.named(SentHeaders.of("Accept: */*")));
        assertFalse(STRICT.named(SentHeaders.of("Host: localhost", "Host: localhost")));
    }

    @Test
    void hostsOfAllowedOriginsAreItsNames() {
        OwnHost host = new OwnHost(new BrowserOrigins(List.of("https://Tools.example:8443"), false), OWN::equals);

        assertTrue(host.named(SentHeaders.of("Host: tools.EXAMPLE")));
        assertFalse(host.named(SentHeaders.of("Host: x.tools.example")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoAllowsEveryPageAllowsEveryName(boolean fallback) {
        BrowserOrigins all = new BrowserOrigins(fallback ? List.of() : List.of("*"), fallback);

        assertTrue(new OwnHost(all).named(SentHeaders.of("Host: any.example")));
    }

    @Test
    void addressOfAMachineThatDoesNotTellIsNotItsOwn() {
        OwnHost silent = new OwnHost(BrowserOrigins.DEFAULT, address -> {
            throw new SocketException("no interfaces");
        });

        assertFalse(silent.named(SentHeaders.of("Host: 192.168.1.5")));
    }
}
