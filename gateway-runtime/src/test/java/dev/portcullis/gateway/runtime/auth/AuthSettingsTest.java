package dev.portcullis.gateway.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.portcullis.gateway.runtime.config.AuthConfig.TrustedProxy;
import dev.portcullis.gateway.runtime.config.AuthConfigBuilder;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfigBuilder;
import dev.portcullis.gateway.runtime.config.Secret;
import dev.portcullis.gateway.runtime.config.ServerConfigBuilder;
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
        return new GatewayConfigBuilder()
                .with(AuthConfigBuilder.auth("token")
                        .token(Optional.of(new Secret("t0ken")))
                        .trustedProxy(new TrustedProxy("x-user", List.of("x-forwarded-proto"), List.of("nick"), true))
                        .build())
                .with(ServerConfigBuilder.server().trustedProxies("10.0.0.0/8").build())
                .build();
    }
}
