package dev.portcullis.gateway.runtime.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a configuration depends on besides its file.
 *
 * @param variables environment variables
 * @param overrides what the command line says
 * @param home where {@code ~} leads
 * @param container whether the gateway runs in one, which decides what {@code bind: "auto"} means
 * @param trust who may write what it is read from
 */
public record ConfigEnvironment(
        Map<String, String> variables, Overrides overrides, Path home, boolean container, FileTrust trust) {
    /** What the command line says; wins over everything. */
    public record Overrides(
            OptionalInt port,
            Optional<String> bind,
            Optional<String> authMode,
            Optional<Secret> token,
            Optional<Secret> password,
            boolean allowUnconfigured) {
        public static final Overrides NONE = new Overrides(
                OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public ConfigEnvironment {
        variables = Map.copyOf(variables);
    }

    /** Whose files must be this process's user's, or root's. */
    public ConfigEnvironment(Map<String, String> variables, Overrides overrides, Path home, boolean container) {
        this(variables, overrides, home, container, FileTrust.ofProcess());
    }

    /** The one place that looks at the process. */
    public static ConfigEnvironment ofProcess(Overrides overrides) {
        Map<String, String> variables = System.getenv();
        return new ConfigEnvironment(variables, overrides, home(variables), inContainer(variables));
    }

    /** Whether this process runs in a container. */
    static boolean inContainer(Map<String, String> variables) {
        return Files.exists(Path.of("/.dockerenv"))
                || Files.exists(Path.of("/run/.containerenv"))
                || variables.containsKey("KUBERNETES_SERVICE_HOST");
    }

    /** Where the shell's {@code ~} leads: what documents and people mean by it. */
    private static Path home(Map<String, String> variables) {
        String home = variables.getOrDefault("HOME", "");
        return Path.of(home.isBlank() ? System.getProperty("user.home") : home);
    }

    /** These variables and nothing else. */
    public static ConfigEnvironment of(Map<String, String> variables) {
        return new ConfigEnvironment(variables, Overrides.NONE, Path.of(System.getProperty("user.home")), false);
    }

    public ConfigEnvironment with(Overrides changed) {
        return new ConfigEnvironment(variables, changed, home, container, trust);
    }

    /** The same, where files may be those of a state directory's owner too: for commands that another user may run. */
    public ConfigEnvironment trustingOwnerOf(Path stateDirectory) {
        return new ConfigEnvironment(variables, overrides, home, container, trust.orOwnerOf(stateDirectory));
    }

    /** The first of the variables that is set and not blank, trimmed. */
    Optional<Variable> first(String... names) {
        for (String name : List.of(names)) {
            String value = variables.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(new Variable(name, value));
            }
        }
        return Optional.empty();
    }

    /** A variable that is set. */
    record Variable(String name, String value) {
        Position at() {
            return Position.of("environment variable " + name);
        }

        @Override
        public String toString() {
            return "Variable[" + name + "]";
        }
    }

    /** Values of variables and of the command line that are secrets by their names; where a file is, is none. */
    List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        variables.forEach((name, value) -> {
            if (ConfigRedaction.secretName(name) && !value.startsWith("/") && !value.startsWith("~")) {
                secrets.add(value);
            }
        });
        overrides.token().map(Secret::reveal).ifPresent(secrets::add);
        overrides.password().map(Secret::reveal).ifPresent(secrets::add);
        return secrets;
    }

    /** A path as written: {@code ~} leads home, the rest is taken from {@code base}. */
    Path path(String written, Path base) {
        if (written.equals("~")) {
            return home;
        }
        if (written.startsWith("~/") || written.startsWith("~" + File.separator)) {
            return home.resolve(written.substring(2)).normalize();
        }
        return base.resolve(written).toAbsolutePath().normalize();
    }

    /** Its variables could be secrets. */
    @Override
    public String toString() {
        return "ConfigEnvironment[" + variables.size() + " variables]";
    }
}
