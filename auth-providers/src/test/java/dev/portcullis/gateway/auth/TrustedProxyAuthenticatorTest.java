package dev.portcullis.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxyAuthenticatorTest {
    private static final LocalInterfaces NOT_OURS = address -> false;
    private static final ProxySettings SETTINGS = new ProxySettings(
            "X-Forwarded-User", List.of("x-forwarded-proto"), Set.of("nick@example.com"), false, true);

    private final TrustedProxyAuthenticator proxy = new TrustedProxyAuthenticator(SETTINGS, NOT_OURS);

    @Test
    void theProxysUserIsAdmittedByName() {
        assertEquals(
                AuthResult.authenticated(Principal.of("nick@example.com", Scope.OPERATOR_DEFAULTS)),
                proxy.authenticate(good().with("x-forwarded-user", "  nick@example.com ")));
    }

    @Test
    void everybodyIsAllowedWhenNobodyIsListed() {
        TrustedProxyAuthenticator open =
                new TrustedProxyAuthenticator(new ProxySettings("x-user", List.of(), Set.of(), false, true), NOT_OURS);

        assertInstanceOf(
                AuthResult.Authenticated.class,
                open.authenticate(FakeRequest.through("10.0.0.7").with("X-User", "anybody")));
    }

    @Test
    void withoutSettingsNobodyIsAdmitted() {
        TrustedProxyAuthenticator unset =
                new TrustedProxyAuthenticator(new ProxySettings("", List.of(), Set.of(), true, true), NOT_OURS);

        assertEquals("trusted_proxy_config_missing", reason(unset.authenticate(withUser())));
    }

    @Test
    void withoutTrustedProxiesNobodyIsAdmitted() {
        TrustedProxyAuthenticator unset = new TrustedProxyAuthenticator(
                new ProxySettings("x-forwarded-user", List.of(), Set.of(), true, false), NOT_OURS);

        assertEquals("trusted_proxy_no_proxies_configured", reason(unset.authenticate(withUser())));
    }

    @Test
    void aPeerThatIsNotListedIsRefused() {
        assertEquals(
                "trusted_proxy_untrusted_source",
                reason(proxy.authenticate(withUser().untrusted())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
    void aLoopbackProxyIsRefusedUnlessAllowed(String loopback) {
        assertEquals(
                "trusted_proxy_loopback_source",
                reason(proxy.authenticate(withUser().from(loopback))));
    }

    @Test
    void aLoopbackProxyIsBelievedWhenAllowed() {
        TrustedProxyAuthenticator local = new TrustedProxyAuthenticator(
                new ProxySettings("x-forwarded-user", List.of(), Set.of(), true, true), NOT_OURS);

        assertInstanceOf(
                AuthResult.Authenticated.class, local.authenticate(withUser().from("127.0.0.1")));
    }

    @Test
    void aProcessOfThisHostIsNotAProxy() {
        TrustedProxyAuthenticator local = new TrustedProxyAuthenticator(SETTINGS, address -> true);

        assertEquals("trusted_proxy_local_interface_source", reason(local.authenticate(withUser())));
    }

    @Test
    void interfacesThatCannotBeReadRefuse() {
        TrustedProxyAuthenticator blind = new TrustedProxyAuthenticator(SETTINGS, address -> {
            throw new IOException("no interfaces");
        });

        assertEquals("trusted_proxy_local_interface_check_failed", reason(blind.authenticate(withUser())));
    }

    @Test
    void aRequiredHeaderThatIsBlankIsMissing() {
        FakeRequest request = FakeRequest.through("10.0.0.7")
                .with("x-forwarded-user", "nick@example.com")
                .with("x-forwarded-proto", " ");

        assertEquals("trusted_proxy_missing_header_x_forwarded_proto", reason(proxy.authenticate(request)));
    }

    @Test
    void aLongHeaderNameStillMakesAReason() {
        TrustedProxyAuthenticator odd = new TrustedProxyAuthenticator(
                new ProxySettings("x-forwarded-user", List.of("X-" + "Long.".repeat(30)), Set.of(), true, true),
                NOT_OURS);

        assertEquals(64, reason(odd.authenticate(withUser())).length());
    }

    @Test
    void aBlankUserIsMissing() {
        assertEquals("trusted_proxy_user_missing", reason(proxy.authenticate(good().with("x-forwarded-user", "  "))));
    }

    @ParameterizedTest
    @CsvSource({"eve@example.com", "Nick@Example.com", "'nick@example.com,eve@example.com'"})
    void aUserWhoIsNotListedIsRefused(String user) {
        assertEquals(
                "trusted_proxy_user_not_allowed", reason(proxy.authenticate(good().with("x-forwarded-user", user))));
    }

    @Test
    void aNameInUtf8IsReadAsSuch() {
        TrustedProxyAuthenticator open = new TrustedProxyAuthenticator(
                new ProxySettings("x-user", List.of(), Set.of("j\u00f6rg"), false, true), NOT_OURS);

        assertEquals(
                AuthResult.authenticated(Principal.of("j\u00f6rg", Scope.OPERATOR_DEFAULTS)),
                open.authenticate(FakeRequest.through("10.0.0.7").with("x-user", "j\u00c3\u00b6rg")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"j\u00f6rg", "j\u00c3", "\u00c2\u009bm", "\u00ed\u00a0\u0080", "\u4e00"})
    void aNameThatIsNoTextIsRefused(String user) {
        TrustedProxyAuthenticator open =
                new TrustedProxyAuthenticator(new ProxySettings("x-user", List.of(), Set.of(), false, true), NOT_OURS);

        assertEquals(
                "trusted_proxy_user_not_allowed",
                reason(open.authenticate(FakeRequest.through("10.0.0.7").with("x-user", user))));
    }

    @Test
    void twoUserHeadersAreRefused() {
        FakeRequest request =
                good().with("x-forwarded-user", "nick@example.com").with("x-forwarded-user", "eve@example.com");

        assertEquals("trusted_proxy_user_not_allowed", reason(proxy.authenticate(request)));
    }

    @Test
    void aProxyThatNamesNoClientIsRefused() {
        assertEquals(
                "proxy_attribution_required",
                reason(proxy.authenticate(withUser().unattributed())));
    }

    @Test
    void withoutAUserAnotherProviderMayBeAsked() {
        assertInstanceOf(AuthResult.Abstained.class, proxy.authenticate(FakeRequest.local()));
    }

    @Test
    void noRefusalCountsTowardsALockout() {
        AuthResult.Rejected rejected =
                assertInstanceOf(AuthResult.Rejected.class, proxy.authenticate(good().with("x-forwarded-user", "eve")));

        assertFalse(rejected.failure().counted());
    }

    private static FakeRequest good() {
        return FakeRequest.through("10.0.0.7").with("X-Forwarded-Proto", "https");
    }

    private static FakeRequest withUser() {
        return good().with("X-Forwarded-User", "nick@example.com");
    }

    private static String reason(AuthResult result) {
        AuthFailure failure = switch (result) {
            case AuthResult.Rejected rejected -> rejected.failure();
            case AuthResult.Abstained abstained -> abstained.failure();
            case AuthResult.Authenticated admitted -> throw new AssertionError("admitted " + admitted.principal());
        };
        return failure.reason();
    }
}
