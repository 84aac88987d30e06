package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider.Kind;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Refused;
import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.AuthConfig.BrowserOrigins;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the caller presents no secret: pages of browsers, and a proxy that vouches for users. */
class AmbientCredentialsTest extends ChainFixture {
    @Test
    void aForeignPageDoesNotMatterWhereASecretIsPresented() throws Exception {
        answers(token, OPERATOR);

        assertInstanceOf(
                Admitted.class, chain("token").authenticate(LOCAL, SentHeaders.of("Origin: https://evil.example")));
    }

    @Test
    void aForeignPageIsRefusedWhereNoSecretIsPresented() {
        assertEquals(
                new Refused("origin_not_allowed"),
                openChain()
                        .authenticate(LOCAL, SentHeaders.of("Origin: https://evil.example", "Host: 127.0.0.1:18789")));
    }

    @Test
    void anAllowedPageIsAdmittedWhereNoSecretIsPresented() {
        AuthConfig config = config("none", Map.of(), new BrowserOrigins(List.of("https://tools.example"), false));
        NamedAuthenticator open = new NamedAuthenticator("none", Kind.IDENTITY, request -> OPERATOR, false);

        assertInstanceOf(
                Admitted.class,
                chain(config, List.of(open), 1)
                        .authenticate(LOCAL, SentHeaders.of("Origin: https://tools.example", "Host: tools.example")));
    }

    @Test
    void nameThatIsNotTheGatewaysIsRefusedWhereNoSecretIsPresented() {
        assertEquals(
                new Refused("host_not_allowed"),
                openChain().authenticate(LOCAL, SentHeaders.of("Host: evil.example:18789")));
    }

    @Test
    void aForeignPageBehindAProxyIsRefused() {
        assertEquals(
                new Refused("trusted_proxy_origin_not_allowed"),
                proxyChain(OPERATOR, WRONG).authenticate(PROXIED, SentHeaders.of("Origin: https://evil.example")));
    }

    @Test
    void aLocalOperatorMayUseThePasswordWhereTheProxyFails() {
        AuthDecision decision = proxyChain(MISSING, OPERATOR)
                .authenticate(LOCAL, SentHeaders.of("Authorization: Bearer pw", "x-openclaw-scopes: operator.read"));

        assertEquals(new Admitted(Principal.operator(), "password", 7), decision);
    }

    @Test
    void aWrongLocalPasswordIsDelayedAndSaysSo() {
        AuthDecision decision = proxyChain(MISSING, AuthResult.abstained(AuthFailure.wrong("password_mismatch")))
                .authenticate(LOCAL, SentHeaders.of("Authorization: Bearer pw"));

        assertEquals(new Refused("password_mismatch"), decision);
        assertEquals(List.of(Duration.ofMillis(250)), pauses);
    }

    @Test
    void withoutABearerTheProxysReasonStands() {
        assertEquals(new Refused("token_missing"), proxyChain(MISSING, OPERATOR).authenticate(LOCAL, NONE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePasswordIsForLocalCallersAlone(boolean proxied) {
        assertEquals(
                new Refused("token_missing"),
                proxyChain(MISSING, OPERATOR)
                        .authenticate(proxied ? PROXIED : REMOTE, SentHeaders.of("Authorization: Bearer pw")));
    }

    @Test
    void withoutAConfiguredPasswordThereIsNoFallback() {
        AuthConfig config = config("trusted-proxy", List.of(), Map.of());
        List<NamedAuthenticator> providers = List.of(
                new NamedAuthenticator("trusted-proxy", Kind.IDENTITY, request -> MISSING, false),
                new NamedAuthenticator("password", Kind.SHARED_SECRET, request -> OPERATOR, false));

        assertEquals(
                new Refused("token_missing"),
                chain(config, providers, 1).authenticate(LOCAL, SentHeaders.of("Authorization: Bearer pw")));
    }
}
