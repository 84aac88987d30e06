package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.operate.security.AuditReport;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is examined: a configuration, its surroundings, and a gateway that may run.
 *
 * @param editor changes the configuration file; empty if it is not the operator's own
 * @param audit what a security audit says; empty if the configuration cannot be read
 * @param glance empty if it is not known where a gateway would be
 * @param cacheFits whether the JVM would use the cache of the start; empty if that cannot be told
 */
public record Patient(
        ConfigDraft draft,
        Optional<ConfigFileEditor> editor,
        Optional<AuditSubject> subject,
        Supplier<Optional<AuditReport>> audit,
        Optional<Glance> glance,
        Supplier<Optional<Boolean>> cacheFits,
        Places places,
        Map<String, String> variables) {
    /**
     * Where things are.
     *
     * @param configFile empty if there is none
     * @param pluginFolders may be missing
     * @param distribution the unpacked archive, if it is known
     * @param unit where a unit of the user would be
     * @param cache where a cache of the start would be
     */
    public record Places(
            Optional<Path> configFile,
            Path stateDir,
            List<Path> pluginFolders,
            Optional<Path> distribution,
            Path unit,
            Path cache) {
        public Places {
            pluginFolders = List.copyOf(pluginFolders);
        }

        String config() {
            return configFile.map(Path::toString).orElse("");
        }
    }

    public Patient {
        variables = Map.copyOf(variables);
    }

    Optional<GatewayConfig> config() {
        return draft.config();
    }

    /** It holds secrets. */
    @Override
    public String toString() {
        return "Patient[" + places.configFile() + "]";
    }
}
