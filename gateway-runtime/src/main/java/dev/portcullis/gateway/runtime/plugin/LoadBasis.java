package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What one load goes by; the same from its beginning to its end. */
record LoadBasis(PluginEnvironment environment, GatewayConfig config, Predecessor before, PluginSelection selection) {

    static LoadBasis of(PluginEnvironment environment, GatewayConfig config, Predecessor before)
            throws PluginStartException {
        return new LoadBasis(
                environment, config, before, new PluginSelection(config.plugins(), switches(environment.switches())));
    }

    /** What cannot be read could keep anything out. */
    private static PluginSwitches switches(Path file) throws PluginStartException {
        try {
            return PluginSwitches.read(file);
        } catch (IOException e) {
            throw new PluginStartException(List.of(new PluginProblem(
                    file.getFileName().toString(),
                    "Which plugins are disabled is not known",
                    file.toString(),
                    "The file cannot be read: " + e + ".",
                    "Let the gateway's user read it, or delete it to enable them all.",
                    true)));
        }
    }

    /** Whether a plugin that serves may go on as it is, for all that the configuration and the occasion say. */
    boolean leavesAlone(LoadedPlugin running) {
        return running.fits(config, selection) && !before.again(running);
    }
}
