package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is audited: a configuration as written, its surroundings and its files. No gateway has to run.
 *
 * @param root plain values, as written
 * @param problems why a gateway would not start with it; empty if it would
 * @param token the token in force, if the configuration could be read as a whole; references are resolved then
 * @param trust whose signatures of plugins count
 * @param builtIns names of plugins that are part of the gateway
 * @param assumed what the command line wants taken for granted
 */
public record AuditSubject(
        Map<String, Object> root,
        List<String> problems,
        Optional<Secret> token,
        Optional<Secret> password,
        PluginTrust trust,
        Set<String> builtIns,
        Assumed assumed,
        Map<String, String> variables,
        Places places) {
    /**
     * Authentication that the audit takes for granted, whatever is written.
     *
     * @param mode empty to take the configured one
     */
    public record Assumed(Optional<String> mode, Optional<Secret> token, Optional<Secret> password) {
        public static final Assumed NOTHING = new Assumed(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Where things are.
     *
     * @param configFile empty if there is none
     * @param shipped whether that is the file of the archive, which holds no secrets and may be another user's
     * @param includes files that the configuration includes
     * @param pluginFolders may be missing
     */
    public record Places(
            Path home,
            Path stateDir,
            Optional<Path> configFile,
            boolean shipped,
            Set<Path> includes,
            List<Path> pluginFolders) {
        public Places {
            includes = Set.copyOf(includes);
            pluginFolders = List.copyOf(pluginFolders);
        }
    }

    public AuditSubject {
        problems = List.copyOf(problems);
        builtIns = Set.copyOf(builtIns);
        variables = Map.copyOf(variables);
    }

    /** It holds secrets. */
    @Override
    public String toString() {
        return "AuditSubject[" + places.configFile() + "]";
    }
}
