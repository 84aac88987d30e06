package dev.portcullis.gateway.runtime.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a process gets from outside.
 *
 * @param home the user's home directory
 * @param input standard input
 */
record Surroundings(Map<String, String> environment, Path home, InputStream input) {
    Surroundings {
        environment = Map.copyOf(environment);
    }

    static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), Path.of(System.getProperty("user.home", ".")), System.in);
    }

    /** A variable's trimmed value; one that is blank counts as absent. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Variables may hold secrets. */
    @Override
    public String toString() {
        return "Surroundings";
    }
}
