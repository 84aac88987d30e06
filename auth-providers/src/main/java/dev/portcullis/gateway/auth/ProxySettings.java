package dev.portcullis.gateway.auth;

import dev.portcullis.gateway.api.plugin.PluginConfig;
import java.util.List;
import java.util.Set;

/**
 * What the operator says of the proxy.
 *
 * @param userHeader blank if nothing is configured
 * @param allowUsers nobody in particular, if empty: everybody the proxy lets through
 * @param proxiesConfigured whether any proxy is trusted at all
 */
record ProxySettings(
        String userHeader,
        List<String> requiredHeaders,
        Set<String> allowUsers,
        boolean allowLoopback,
        boolean proxiesConfigured) {
    ProxySettings {
        requiredHeaders = List.copyOf(requiredHeaders);
        allowUsers = Set.copyOf(allowUsers);
    }

    static ProxySettings read(PluginConfig config) {
        return new ProxySettings(
                config.string("userHeader").map(String::strip).orElse(""),
                config.strings("requiredHeaders").orElse(List.of()),
                Set.copyOf(config.strings("allowUsers").orElse(List.of())),
                config.flag("allowLoopback").orElse(false),
                config.strings("trustedProxies").orElse(List.of()).stream().anyMatch(entry -> !entry.isBlank()));
    }
}
