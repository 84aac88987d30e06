package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.AuthConfig.TrustedProxy;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the built-in providers are told: {@code gateway.auth} as the configuration of the provider of that name. They see
 * the API alone, like any plugin.
 */
public final class AuthSettings {
    private AuthSettings() {}

    /** Plain values by provider; hold secrets, which do not print. */
    public static Map<String, Map<String, Object>> forProviders(GatewayConfig config) {
        AuthConfig auth = config.auth();
        return Map.of(
                "token", secret("token", auth.token()),
                "password", secret("password", auth.password()),
                "none", Map.of(),
                "trusted-proxy",
                        auth.trustedProxy()
                                .map(proxy -> proxy(proxy, config.server().trustedProxies()))
                                .orElseGet(Map::of));
    }

    private static Map<String, Object> secret(String key, Optional<Secret> secret) {
        return secret.<Map<String, Object>>map(value -> new Unprintable(Map.of(key, value.reveal())))
                .orElseGet(Map::of);
    }

    private static Map<String, Object> proxy(TrustedProxy proxy, List<String> trustedProxies) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("userHeader", proxy.userHeader());
        block.put("requiredHeaders", proxy.requiredHeaders());
        block.put("allowUsers", proxy.allowUsers());
        block.put("allowLoopback", proxy.allowLoopback());
        block.put("trustedProxies", trustedProxies);
        return Map.copyOf(block);
    }

    private static final class Unprintable extends AbstractMap<String, Object> {
        private final Map<String, Object> values;

        Unprintable(Map<String, Object> values) {
            this.values = values;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return values.entrySet();
        }

        @Override
        public String toString() {
            return keySet() + " hidden";
        }
    }
}
