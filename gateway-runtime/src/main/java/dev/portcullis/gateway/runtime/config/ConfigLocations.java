package dev.portcullis.gateway.runtime.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a gateway finds its configuration and keeps its state.
 *
 * @param stateDirectory absolute; need not exist
 * @param configFile absolute; empty if there is none anywhere. One that somebody named need not exist, and is then an error to
 *     read
 * @param chosenBy who named the file: {@code --config}, a variable, or the directory that it was found in
 * @param candidates files that are looked for, and taken as soon as one is there; none if somebody named the file
 */
public record ConfigLocations(Path stateDirectory, Optional<Path> configFile, String chosenBy, List<Path> candidates) {
    public ConfigLocations {
        candidates = List.copyOf(candidates);
    }

    /**
     * Looks in every place, in order.
     *
     * @param config what {@code --config} says
     * @param state what {@code --state-dir} says
     * @param home the directory of the distribution, if it is known
     */
    public static ConfigLocations find(
            ConfigEnvironment environment, Optional<String> config, Optional<String> state, Optional<Path> home) {
        Path here = Path.of("").toAbsolutePath();
        Path stateDirectory = state.or(() -> environment
                        .first("PORTCULLIS_STATE_DIR", "OPENCLAW_STATE_DIR")
                        .map(ConfigEnvironment.Variable::value))
                .map(written -> environment.path(written, here))
                .orElse(environment.home().resolve(".portcullis").toAbsolutePath());
        if (config.isPresent()) {
            return named(stateDirectory, environment.path(config.get(), here), "--config", List.of());
        }
        var variable = environment.first("PORTCULLIS_CONFIG_PATH", "OPENCLAW_CONFIG_PATH");
        if (variable.isPresent()) {
            Path file = environment.path(variable.get().value(), here);
            return named(stateDirectory, file, variable.get().name(), List.of());
        }
        List<Path> own = Stream.of("gateway.conf", "openclaw.json")
                .map(stateDirectory::resolve)
                .toList();
        for (Path file : own) {
            if (Files.exists(file)) {
                return named(stateDirectory, file, "the state directory", own);
            }
        }
        Optional<Path> shipped = home.map(directory ->
                        directory.resolve("conf").resolve("gateway.conf").toAbsolutePath())
                .filter(Files::exists);
        return new ConfigLocations(
                stateDirectory, shipped, shipped.isPresent() ? "the distribution" : "built-in defaults", own);
    }

    private static ConfigLocations named(Path state, Path file, String chosenBy, List<Path> candidates) {
        return new ConfigLocations(state, Optional.of(file), chosenBy, candidates);
    }
}
