package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.auth.Attribution.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngressAttributionTest {
    private final IngressAttribution trustingNobody = new IngressAttribution(List.of(), false);
    private final IngressAttribution trustingTen = new IngressAttribution(List.of("10.0.0.0/8"), false);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1", "::ffff:7f00:1"})
    void aLoopbackPeerWithoutSignsOfAProxyIsLocal(String peer) {
        assertEquals(
                Kind.DIRECT_LOCAL,
                trustingNobody.attribute(peer, SentHeaders.of("Host: x")).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "2001:db8::7", "0.0.0.0", "::", "fe80::1%eth0"})
    void anyOtherPeerIsRemote(String peer) {
        assertEquals(
                Kind.DIRECT_REMOTE,
                trustingNobody.attribute(peer, SentHeaders.of()).kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=1.2.3.4",
                "X-Real-IP: 1.2.3.4",
                "X-Forwarded-For: 127.0.0.1",
                "x-forwarded-anything: 1",
                "X-Forwarded-User: nick",
                "Tailscale-Funnel-Request: ?1",
                "Tailscale-Headers-Info: x",
                "Tailscale-User-Login: x",
                "Tailscale-User-Name: x",
                "tailscale-user-profile-pic: x"
            })
    void signsOfAProxyThatIsNotTrustedCannotBeAttributed(String sign) {
        for (String peer : List.of("127.0.0.1", "203.0.113.9")) {
            Attribution attribution = trustingNobody.attribute(peer, SentHeaders.of(sign));

            assertEquals(Kind.UNATTRIBUTABLE, attribution.kind());
            assertEquals(Optional.empty(), attribution.clientAddress());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6.6.6.6, 203.0.113.9, 10.0.0.7 | 203.0.113.9",
                "203.0.113.7 | 203.0.113.7",
                "203.0.113.7, 127.0.0.1 | 203.0.113.7",
                "203.0.113.7, 198.51.100.9 | 198.51.100.9",
                "203.0.113.7:4711 | 203.0.113.7",
                "2001:DB8:0::7 | 2001:db8::7",
                "[2001:db8::7]:4711 | 2001:db8::7",
                "[2001:db8::7] | 2001:db8::7",
                "::ffff:203.0.113.7 | 203.0.113.7",
            })
    void behindATrustedProxyTheRightmostForeignHopIsTheClient(String hops, String client) {
        assertEquals(
                Attribution.proxied("10.1.1.1", client),
                trustingTen.attribute("10.1.1.1", SentHeaders.of("X-Forwarded-For: " + hops)));
    }

    @Test
    void repeatedHeadersAreOneList() {
        Headers headers = SentHeaders.of("X-Forwarded-For: 203.0.113.7", "x-forwarded-for: 203.0.113.8, 10.0.0.3");

        assertEquals(
                Optional.of("203.0.113.8"),
                trustingTen.attribute("10.1.1.1", headers).clientAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-For: ::1",
                "X-Forwarded-For: ::ffff:127.0.0.1",
                "X-Forwarded-For: 10.0.0.7",
                "X-Forwarded-For: banana",
                "X-Forwarded-For:",
                "X-Forwarded-For: [::1",
                "X-Forwarded-For: 203.0.113.7, banana",
                "X-Forwarded-For: 203.0.113.7, unknown",
                "X-Forwarded-For: 203.0.113.7, unix:",
                "X-Forwarded-For: 203.0.113.7, unix:, 10.0.0.3, 127.0.0.1",
                "X-Forwarded-For: 203.0.113.7, _hidden",
                "X-Forwarded-For: 203.0.113.7,",
                "X-Forwarded-For: 203.0.113.7, 0x7f.1",
                "X-Forwarded-For: 203.0.113.7, 2130706433",
                "X-Forwarded-For: 203.0.113.7, 010.0.0.1",
                "X-Forwarded-For: 203.0.113.7, 1.2.3",
                "X-Forwarded-For: 203.0.113.7, 1.2.3.*",
                "X-Forwarded-For: 203.0.113.7, 9.0.0.0/8",
                "X-Forwarded-For: [2001:db8::7]x",
                "X-Real-IP: 203.0.113.7",
                "X-Forwarded-Proto: https",
                "Forwarded: for=203.0.113.7",
                "Host: x"
            })
    void aTrustedProxyThatNamesNoClientCannotBeAttributed(String header) {
        assertEquals(Attribution.none("10.1.1.1", true), trustingTen.attribute("10.1.1.1", SentHeaders.of(header)));
    }

    @Test
    void aTrustedLoopbackPeerWithoutSignsOfAProxyIsLocal() {
        Attribution attribution = new IngressAttribution(List.of("127.0.0.1"), false)
                .attribute("127.0.0.1", SentHeaders.of("Remote-User: eve"));

        assertEquals(Attribution.direct(true, "127.0.0.1", true), attribution);
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7,TRUSTED_PROXY", "127.0.0.1,UNATTRIBUTABLE", "banana,UNATTRIBUTABLE"})
    void theRealIpHeaderCountsOnlyIfAskedFor(String address, Kind kind) {
        IngressAttribution fallback = new IngressAttribution(List.of("127.0.0.1"), true);

        assertEquals(
                kind,
                fallback.attribute("127.0.0.1", SentHeaders.of("X-Real-IP: " + address))
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.3", "127.0.0.1", "203.0.113.7, unknown", ""})
    void theRealIpHeaderIsNoWayAroundTheForwardedForHeader(String hops) {
        IngressAttribution fallback = new IngressAttribution(List.of("10.0.0.0/8"), true);

        assertEquals(
                Kind.UNATTRIBUTABLE,
                fallback.attribute("10.1.1.1", SentHeaders.of("X-Forwarded-For: " + hops, "X-Real-IP: 198.51.100.1"))
                        .kind());
    }

    @Test
    void twoRealIpHeadersAreNone() {
        IngressAttribution fallback = new IngressAttribution(List.of("127.0.0.1"), true);

        assertEquals(
                Kind.UNATTRIBUTABLE,
                fallback.attribute("127.0.0.1", SentHeaders.of("X-Real-IP: 198.51.100.1", "X-Real-IP: 198.51.100.2"))
                        .kind());
    }

    @Test
    void theForwardedForHeaderComesBeforeTheRealIpHeader() {
        IngressAttribution fallback = new IngressAttribution(List.of("127.0.0.1"), true);
        Headers both = SentHeaders.of("X-Forwarded-For: 203.0.113.7", "X-Real-IP: 198.51.100.1");

        assertEquals(
                Optional.of("203.0.113.7"),
                fallback.attribute("127.0.0.1", both).clientAddress());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, ::ffff:a00:1, true",
        "10.0.0.0/8, ::10.0.0.1, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "::ffff:10.0.0.0/104, 10.0.0.1, true",
        "::ffff:10.0.0.0/104, 11.0.0.1, false",
        "::ffff:10.0.0.7, 10.0.0.7, true",
        "2001:db8::/32, 2001:db8:1::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 10.0.0.1, false",
        "' 10.0.0.7 ', 10.0.0.7, true",
        "'', 10.0.0.7, false",
        "010.0.0.7, 10.0.0.7, false",
        "10.7, 10.0.0.7, false",
        "0xa000007, 10.0.0.7, false",
        "167772167, 10.0.0.7, false",
        "10.0.0.*, 10.0.0.7, false",
        "10.0.0.0/255.0.0.0, 10.0.0.7, false",
        "10.0.0.0/33, 10.0.0.7, false",
        "proxy.example, 10.0.0.7, false",
    })
    void entriesAreAddressesOrRanges(String entry, String peer, boolean trusted) {
        Attribution attribution = new IngressAttribution(List.of(entry), false)
                .attribute(peer, SentHeaders.of("X-Forwarded-For: 203.0.113.7"));

        assertEquals(trusted, attribution.trustedPeer());
    }
}
