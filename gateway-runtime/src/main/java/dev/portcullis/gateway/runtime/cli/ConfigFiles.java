package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigLocations;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The configuration as files on this machine. */
final class ConfigFiles implements ConfigAccess {
    private final ConfigLocations locations;
    private final ConfigEnvironment environment;
    private final Optional<Path> distribution;

    private ConfigFiles(ConfigLocations locations, ConfigEnvironment environment, Optional<Path> distribution) {
        this.locations = locations;
        this.environment = environment;
        this.distribution = distribution;
    }

    /**
     * Looks where a gateway would.
     *
     * @param distribution where the distribution is, if it is known
     */
    static Locator locator(ConfigEnvironment environment, Optional<Path> distribution) {
        return (config, stateDir, overrides) -> {
            ConfigLocations locations = ConfigLocations.find(
                    environment, config.map(Path::toString), stateDir.map(Path::toString), distribution);
            return new ConfigFiles(
                    locations, environment.with(overrides).trustingOwnerOf(locations.stateDirectory()), distribution);
        };
    }

    @Override
    public Optional<Path> file() {
        return locations.configFile();
    }

    @Override
    public String chosenBy() {
        return locations.chosenBy();
    }

    @Override
    public Path stateDir() {
        return locations.stateDirectory();
    }

    @Override
    public List<Path> pluginFolders() {
        return distribution.map(home -> home.resolve("plugins")).stream().toList();
    }

    @Override
    public ConfigFileEditor editor(Path file, Optional<Path> template) {
        return new ConfigFileEditor(file, template, environment);
    }

    @Override
    public ConfigDraft draft() {
        return file().map(path -> ConfigReader.draft(path, environment))
                .orElseGet(() -> ConfigReader.draftWithoutFile(environment));
    }

    @Override
    public Reading read() {
        return switch (draft().reading()) {
            case ConfigReading.Valid valid -> new Reading(valid.config(), warnings(valid));
            case ConfigReading.Invalid invalid ->
                throw CliException.configuration(
                        "The configuration is not valid: "
                                + file().map(Path::toString).orElse("there is no file, and the environment is wrong"),
                        invalid.errors().stream().map(ConfigProblem::text).toList());
        };
    }

    private static List<String> warnings(ConfigReading.Valid valid) {
        List<String> warnings = new ArrayList<>(
                valid.warnings().stream().map(ConfigProblem::text).toList());
        if (!valid.unused().isEmpty()) {
            warnings.add(
                    "known to the reference gateway, and without effect here: " + String.join(", ", valid.unused()));
        }
        return warnings;
    }
}
