package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigLocations;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.LastGood;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.config.StateDirectoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The configuration of one gateway, as often as it is read. */
final class ConfigSource {
    private static final System.Logger LOG = System.getLogger(ConfigSource.class.getName());

    private static final long LARGEST = 2L * 1024 * 1024;

    private final Supplier<ConfigLocations> locator;
    private final ConfigEnvironment environment;
    private volatile Set<Path> files = Set.of();
    private volatile boolean tokenMade;

    /** @param locator looks for the file; asked each time, since somebody may write the first of his own meanwhile */
    ConfigSource(Supplier<ConfigLocations> locator, ConfigEnvironment environment) {
        this.locator = locator;
        this.environment = environment;
    }

    /**
     * What was read.
     *
     * @param whole whether a part of its text could not have been read as well: one file of JSON5, which ends with the brace that it
     *     begins with
     * @param text of the file, without what it includes; empty if there is none
     */
    record Reading(GatewayConfig config, boolean whole, Optional<String> text) {
        /** It could be a secret. */
        @Override
        public String toString() {
            return "Reading[" + config.document() + "]";
        }
    }

    /**
     * Reads the file.
     *
     * @throws GatewayStartException with all that is wrong with it
     */
    Reading read() throws GatewayStartException {
        ConfigLocations locations = locator.get();
        Optional<String> text = locations.configFile().flatMap(ConfigSource::text);
        ConfigReading reading = locations
                .configFile()
                .map(file -> ConfigReader.read(file, environment))
                .orElseGet(() -> ConfigReader.withoutFile(environment));
        return switch (reading) {
            case ConfigReading.Valid valid -> {
                files = with(locations.candidates(), valid.files());
                if (makesToken(valid.config())) {
                    files = with(List.of(StateDirectory.tokenFile(locations.stateDirectory())), files);
                }
                valid.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning.text()));
                yield new Reading(
                        valid.config(),
                        valid.files().size() <= 1 && valid.files().stream().noneMatch(ConfigReader::hocon),
                        text);
            }
            case ConfigReading.Invalid invalid -> {
                files = with(locations.candidates(), invalid.files());
                throw new GatewayStartException(
                        invalid.errors().stream().map(ConfigProblem::text).toList(), true);
            }
        };
    }

    /** Why nothing else is read in its place, if the file that is served is not there any more. */
    Optional<String> gone(GatewayConfig served) {
        ConfigLocations locations = locator.get();
        Optional<Path> file = served.document().file();
        if (file.isEmpty()
                || Files.exists(file.get())
                || locations
                        .configFile()
                        .filter(locations.candidates()::contains)
                        .isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                file.get() + ": the configuration that is served is not there any more. Put it back (portcullis"
                        + " config restore --last-good): a restart would not find it either.");
    }

    /** Whether the gateway has to make a token for it. */
    static boolean makesToken(GatewayConfig config) {
        AuthConfig auth = config.auth();
        return auth.mode().equals("token") && auth.token().isEmpty();
    }

    private static Set<Path> with(List<Path> more, Set<Path> read) {
        return Stream.concat(more.stream(), read.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The same with the token that the gateway makes for itself, and keeps, where none is configured. */
    GatewayConfig withToken(GatewayConfig config, StateDirectory state) throws GatewayStartException {
        tokenMade = makesToken(config);
        if (!tokenMade) {
            return config;
        }
        try {
            return config.with(config.auth().withToken(state.tokenOrCreate()));
        } catch (StateDirectoryException unusable) {
            throw new GatewayStartException(List.of(String.valueOf(unusable.getMessage())), true);
        }
    }

    /** What is no ordinary file can be read only once, and one that is too large is no configuration. */
    private static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty(); // reading it as a configuration says why
        }
    }

    /** Keeps a copy of what serves: of the text that was read, whatever became of the file since. */
    static void keepLastGood(Reading serves, StateDirectory state) {
        Optional<Path> file = serves.config().document().file();
        if (file.isEmpty() || serves.text().isEmpty()) {
            return;
        }
        try {
            LastGood.keep(serves.text().get(), file.get(), state.path());
        } catch (IOException unwritable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "No copy of " + file.get() + " could be kept in " + state.path() + ": " + unwritable);
        }
    }

    /** Whether the token is one that the gateway made. */
    boolean tokenMade() {
        return tokenMade;
    }

    /** Where the token is, if the gateway made it. */
    Optional<Path> tokenFile(StateDirectory state) {
        return tokenMade ? Optional.of(state.tokenFile()) : Optional.empty();
    }

    /** The files that the last reading looked at, includes too, also those that are missing, where a first one may
     * come, and the token that the gateway made: whoever removes it wants another. */
    Set<Path> files() {
        return files;
    }
}
