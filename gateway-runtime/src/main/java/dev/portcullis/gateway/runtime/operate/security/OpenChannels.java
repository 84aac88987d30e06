package dev.portcullis.gateway.runtime.operate.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Channels that are on, and their accounts, by the path they are written at. */
final class OpenChannels {
    /** Below {@code channels}, but no channel. */
    private static final Set<String> NO_CHANNELS = Set.of("defaults", "modelByChannel");

    private final Map<String, Settings> scopes = new LinkedHashMap<>();

    OpenChannels(Settings settings) {
        settings.children("channels").forEach((id, channel) -> {
            if (NO_CHANNELS.contains(id) || channel.off("enabled")) {
                return;
            }
            scopes.put("channels." + id, channel);
            channel.children("accounts").forEach((account, written) -> {
                if (!written.off("enabled")) {
                    scopes.put("channels." + id + ".accounts." + account, written);
                }
            });
        });
    }

    Map<String, Settings> scopes() {
        return scopes;
    }

    /** Keys by which strangers get in, such as {@code channels.telegram.groupPolicy}. */
    List<String> openKeys() {
        return scopes.entrySet().stream()
                .flatMap(scope -> List.of("groupPolicy", "dmPolicy", "dm.policy").stream()
                        .filter(key -> scope.getValue().says(key, "open"))
                        .map(key -> scope.getKey() + "." + key))
                .toList();
    }

    long groups(String policy) {
        return scopes.values().stream()
                .filter(scope -> scope.says("groupPolicy", policy))
                .count();
    }
}
