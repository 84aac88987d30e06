package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an authenticator sees of a request. */
class AttributedRequestTest {
    @ParameterizedTest
    @CsvSource({
        "'Bearer X', X", "'bearer  X ', X", "'BEARER X', X", "' Bearer X', X", "'Bearer a b', 'a b'",
        "'Basic eDp5', ", "'Bearer', ", "'Bearer   ', ", "'BearerX', ", "'', "
    })
    void onlyABearerHeaderIsACredential(String header, String credential) {
        AttributedRequest request =
                new AttributedRequest(ChainFixture.REMOTE, SentHeaders.of("authorization: " + header));

        assertEquals(Optional.ofNullable(credential), request.bearer());
    }

    @Test
    void ofTwoCredentialsTheFirstIsMeant() {
        Headers two = SentHeaders.of("Authorization: Bearer one", "Authorization: Bearer two");

        assertEquals(Optional.of("one"), new AttributedRequest(ChainFixture.REMOTE, two).bearer());
    }

    @ParameterizedTest
    @EnumSource(names = {"DIRECT_LOCAL", "DIRECT_REMOTE", "TRUSTED_PROXY"})
    void anAuthenticatorSeesWhereARequestComesFrom(Attribution.Kind kind) {
        Attribution from = new Attribution(kind, "10.0.0.7", Optional.of("203.0.113.9"), true);
        AttributedRequest request = new AttributedRequest(from, SentHeaders.of("X-Secret: s3cret"));

        assertEquals("203.0.113.9", request.clientAddress());
        assertEquals("10.0.0.7", request.peerAddress());
        assertEquals(kind == Attribution.Kind.DIRECT_LOCAL, request.directLocal());
        assertEquals(kind == Attribution.Kind.TRUSTED_PROXY, request.viaTrustedProxy());
        assertFalse(request.toString().contains("s3cret"));
    }
}
