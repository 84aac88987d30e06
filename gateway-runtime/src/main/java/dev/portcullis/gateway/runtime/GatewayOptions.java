package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * What a gateway is started with; for the {@code run} command.
 *
 * @param config what {@code --config} says
 * @param stateDir what {@code --state-dir} says
 * @param home the folder of the distribution, with {@code conf} and {@code plugins}
 * @param builtIns new instances of the built-in providers; asked once for every load
 */
public record GatewayOptions(
        Optional<String> config,
        Optional<String> stateDir,
        Optional<Path> home,
        ConfigEnvironment environment,
        String version,
        Supplier<BuiltIns> builtIns) {
    /** Providers that came with the gateway. */
    public record BuiltIns(
            List<ToolProvider> tools, List<AuthProvider> authenticators, List<PolicySourceProvider> policySources) {
        /** Those that the boot layer provides. */
        public static BuiltIns ofBootLayer() {
            ModuleLayer layer =
                    Objects.requireNonNull(GatewayOptions.class.getModule().getLayer(), "module path");
            return new BuiltIns(
                    all(ServiceLoader.load(layer, ToolProvider.class)),
                    all(ServiceLoader.load(layer, AuthProvider.class)),
                    all(ServiceLoader.load(layer, PolicySourceProvider.class)));
        }

        private static <T> List<T> all(ServiceLoader<T> loader) {
            return loader.stream().map(ServiceLoader.Provider::get).toList();
        }
    }
}
