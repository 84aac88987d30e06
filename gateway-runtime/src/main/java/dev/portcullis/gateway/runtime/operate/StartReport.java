package dev.portcullis.gateway.runtime.operate;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway has to say when it has started; for {@code Gateway}, which makes it, and {@code run}, which prints it. Holds
 * no secret.
 *
 * @param config name of the configuration
 * @param quarantined what is wrong with each plugin that could not be loaded
 * @param disabled plugins that the configuration keeps out, and by which line
 */
public record StartReport(
        String version,
        Place place,
        String config,
        String authMode,
        List<PluginLine> plugins,
        List<ToolLine> tools,
        List<String> quarantined,
        List<String> disabled,
        List<String> warnings) {
    /**
     * Where things are.
     *
     * @param tokenFile if the gateway made a token for itself
     * @param auditFile if it keeps an audit log
     * @param certificate where its certificate is, if it encrypts
     * @param fingerprint of that certificate
     * @param publicOrigin how others call it, if that is configured
     */
    public record Place(
            URI address,
            Path stateDir,
            Optional<Path> tokenFile,
            Optional<Path> auditFile,
            Optional<Path> certificate,
            Optional<String> fingerprint,
            Optional<URI> publicOrigin) {}

    /** A plugin that serves. */
    public record PluginLine(String name, String version, boolean builtIn, List<String> provides) {
        public PluginLine {
            provides = List.copyOf(provides);
        }
    }

    /**
     * A tool, as the operator sees it in the main session.
     *
     * @param needsArguments whether it cannot be tried without any
     * @param hiddenBy the label that decided; empty if it can be reached
     * @param changes what would show it
     */
    public record ToolLine(
            String name, String plugin, boolean needsArguments, Optional<String> hiddenBy, List<String> changes) {
        public ToolLine {
            changes = List.copyOf(changes);
        }

        public boolean reachable() {
            return hiddenBy.isEmpty();
        }
    }

    public StartReport {
        plugins = List.copyOf(plugins);
        tools = List.copyOf(tools);
        quarantined = List.copyOf(quarantined);
        disabled = List.copyOf(disabled);
        warnings = List.copyOf(warnings);
    }
}
