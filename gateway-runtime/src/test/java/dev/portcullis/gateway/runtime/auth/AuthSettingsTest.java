package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.AuthConfig.RateLimit;
import dev.portcullis.gateway.runtime.config.AuthConfig.TrustedProxy;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import dev.portcullis.gateway.runtime.config.ServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthSettingsTest {
    private final Map<String, Map<String, Object>> settings = AuthSettings.forProviders(config());

    @Test
    void everyBuiltInProviderGetsItsOwnBlockAlone() {
        assertEquals(Map.of("token", "t0ken"), settings.get("token"));
        assertEquals(Map.of(), settings.get("password"));
        assertEquals(Map.of(), settings.get("none"));
        assertEquals(
                Map.of(
                        "userHeader", "x-user",
                        "requiredHeaders", List.of("x-forwarded-proto"),
                        "allowUsers", List.of("nick"),
                        "allowLoopback", true,
                        "trustedProxies", List.of("10.0.0.0/8")),
                settings.get("trusted-proxy"));
    }

    @Test
    void secretsDoNotPrint() {
        assertFalse(settings.toString().contains("t0ken"));
    }

    private static GatewayConfig config() {
        GatewayConfig config = mock(GatewayConfig.class);
        when(config.auth())
                .thenReturn(new AuthConfig(
                        "token",
                        List.of(),
                        Optional.of(new Secret("t0ken")),
                        Optional.empty(),
                        RateLimit.DEFAULT,
                        Optional.of(new TrustedProxy("x-user", List.of("x-forwarded-proto"), List.of("nick"), true)),
                        Map.of()));
        when(config.server())
                .thenReturn(new ServerConfig(
                        0,
                        ServerConfig.Bind.LOOPBACK,
                        Optional.empty(),
                        List.of("10.0.0.0/8"),
                        false,
                        Optional.empty(),
                        Duration.ofSeconds(1)));
        return config;
    }
}
