package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Where plugins come from and what they meet.
 *
 * @param tools built-in providers, found by service binding in the boot layer
 * @param folders plugin folders; may be missing
 * @param copies folder in the state directory that jars are loaded from; emptied when a manager is made
 * @param apiVersion of the running API, for instance {@code 1.2.0}
 * @param loadDeadline how long one call into a plugin may take while it is loaded
 * @param parent the layer that has the API
 */
public record PluginEnvironment(
        List<ToolProvider> tools,
        List<AuthProvider> authenticators,
        List<PolicySourceProvider> policySources,
        List<Path> folders,
        Path copies,
        String apiVersion,
        Duration loadDeadline,
        ModuleLayer parent) {
    private static final Duration LOAD_DEADLINE = Duration.ofSeconds(30);

    public PluginEnvironment {
        tools = List.copyOf(tools);
        authenticators = List.copyOf(authenticators);
        policySources = List.copyOf(policySources);
        folders = List.copyOf(folders);
    }

    /** The usual environment: the running API, its layer, 30 seconds. */
    public static PluginEnvironment of(
            List<ToolProvider> tools,
            List<AuthProvider> authenticators,
            List<PolicySourceProvider> policySources,
            List<Path> folders,
            Path copies) {
        return new PluginEnvironment(
                tools,
                authenticators,
                policySources,
                folders,
                copies,
                runningApiVersion(),
                LOAD_DEADLINE,
                runningLayer());
    }

    PluginEnvironment with(
            List<ToolProvider> otherTools,
            List<AuthProvider> otherAuthenticators,
            List<PolicySourceProvider> otherPolicySources) {
        return new PluginEnvironment(
                otherTools, otherAuthenticators, otherPolicySources, folders, copies, apiVersion, loadDeadline, parent);
    }

    /** The same with another deadline of the load. */
    PluginEnvironment withLoadDeadline(Duration limit) {
        return new PluginEnvironment(tools, authenticators, policySources, folders, copies, apiVersion, limit, parent);
    }

    /** The file of the state directory that says what was switched off by command. */
    Path switches() {
        return switches(InstalledFiles.folderOf(copies));
    }

    static Path switches(Path stateDirectory) {
        return stateDirectory.resolve("plugins-disabled");
    }

    /** The file of the state directory that says which versions of signed plugins served. */
    Path versions() {
        return versions(InstalledFiles.folderOf(copies));
    }

    static Path versions(Path stateDirectory) {
        return stateDirectory.resolve("plugins-versions");
    }

    /** The version in the descriptor of the API module; empty on a class path. */
    static String runningApiVersion() {
        Module api = ToolProvider.class.getModule();
        return api.isNamed() ? api.getDescriptor().rawVersion().orElse("") : "";
    }

    static ModuleLayer runningLayer() {
        return Objects.requireNonNullElseGet(PluginEnvironment.class.getModule().getLayer(), ModuleLayer::boot);
    }
}
