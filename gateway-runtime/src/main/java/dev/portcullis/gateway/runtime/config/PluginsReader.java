package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code plugins}. */
final class PluginsReader {
    private static final List<String> SERVICES = List.of("sessions", "invoker", "config");

    private PluginsReader() {}

    static PluginsConfig read(Section plugins, SecretReferences secrets, ConfigEnvironment environment, Path base) {
        boolean enabled = plugins.flag("enabled").orElse(true);
        Optional<List<String>> named = plugins.texts("allow");
        plugins.warnOfEmpty("allow", named);
        Set<String> allow = new HashSet<>(named.orElse(List.of()));
        Set<String> deny = DenyEntries.ofPlugins(plugins, "deny");
        Section load = plugins.section("load");
        List<Path> paths = load.texts("paths").orElse(List.of()).stream()
                .flatMap(path -> load.file("paths", path, environment, base).stream())
                .toList();
        load.close();
        Map<String, PluginsConfig.Entry> entries =
                plugins.section("entries").each((name, entry) -> entry(entry, secrets));
        PluginTrust trust = trust(plugins);
        boolean watch = plugins.flag("watch").orElse(true);
        Duration drain = AuthReader.millis(plugins, "drainTimeoutMs", PluginsConfig.DRAIN);
        plugins.close();
        return new PluginsConfig(enabled, allow, deny, paths, entries, trust, watch, drain);
    }

    private static PluginTrust trust(Section plugins) {
        PluginTrust.Verify verify =
                plugins.choice("verify", PluginTrust.Verify.class).orElse(PluginTrust.DEFAULT.verify());
        List<PublicKey> keys = new ArrayList<>();
        List<String> written = plugins.texts("trustedKeys").orElse(List.of());
        for (int i = 0; i < written.size(); i++) {
            Optional<PublicKey> key = PublicKeys.parse(written.get(i));
            if (key.isEmpty()) {
                plugins.error(
                        "trustedKeys",
                        "entry " + (i + 1) + " is no Ed25519 public key",
                        "Write what \"portcullis plugins keygen\" printed, or the text of a PEM file of a public key.");
            }
            key.ifPresent(keys::add);
        }
        if (verify == PluginTrust.Verify.SIGNED && written.isEmpty()) {
            plugins.error(
                    "verify",
                    "it is \"signed\", and plugins.trustedKeys is empty: no plugin could ever be loaded",
                    "Name the public keys whose signatures count in plugins.trustedKeys; \"portcullis plugins keygen\" "
                            + "makes one.");
        }
        return new PluginTrust(
                verify,
                plugins.choice("capabilities", PluginTrust.Capabilities.class)
                        .orElse(PluginTrust.DEFAULT.capabilities()),
                keys,
                plugins.number("loadTimeoutMs", 100, 600_000)
                        .map(Duration::ofMillis)
                        .orElse(PluginTrust.DEFAULT.loadTimeout()));
    }

    private static PluginsConfig.Entry entry(Section entry, SecretReferences secrets) {
        Section config = entry.section("config");
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : config.keys()) {
            Object value = secrets.resolved(config.path(key), config.node(key).orElseThrow());
            if (value != null) {
                values.put(key, value);
            }
        }
        List<String> services = entry.texts("services").orElse(List.of());
        for (String service : services) {
            if (!SERVICES.contains(service)) {
                entry.unknownWord("services", service, SERVICES);
            }
        }
        PluginsConfig.Entry read = new PluginsConfig.Entry(
                entry.flag("enabled"), entry.flag("required").orElse(false), values, Set.copyOf(services));
        entry.close();
        return read;
    }
}
