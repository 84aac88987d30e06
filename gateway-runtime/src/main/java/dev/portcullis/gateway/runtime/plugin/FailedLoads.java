package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plugins whose own code failed while they were loaded. Whatever else changes, they would fail again, and one that hangs would
 * hold up all the others each time.
 */
final class FailedLoads {
    /** @param replaces the file of what serves in its place */
    record Failed(
            PluginIdentity plugin,
            Refusal refusal,
            Set<ProviderKind> kinds,
            Set<String> names,
            Optional<Path> replaces,
            PluginsConfig config) {}

    private final Map<Path, Failed> byFile = new HashMap<>();

    /** Knows the file of what serves, not the plugin: that may be gone long before this is forgotten. */
    synchronized void remember(Candidate failed, Refusal refusal, PluginsConfig config) {
        failed.identity()
                .file()
                .ifPresent(file -> byFile.put(
                        file,
                        new Failed(
                                failed.identity(),
                                refusal,
                                failed.kinds(),
                                failed.names(),
                                failed.replaces().flatMap(old -> old.identity().file()),
                                config)));
    }

    /** The failure of a file that has the same content, under the same configuration. */
    synchronized Optional<Failed> find(PluginFiles files, PluginsConfig config) {
        Failed failed = byFile.get(files.path());
        if (failed != null
                && failed.config().equals(config)
                && failed.plugin().sha256().isPresent()
                && failed.plugin().sha256().equals(PluginVerifier.digest(files))) {
            return Optional.of(failed);
        }
        byFile.remove(files.path());
        return Optional.empty();
    }
}
