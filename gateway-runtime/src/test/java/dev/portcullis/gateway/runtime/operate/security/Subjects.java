package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject.Assumed;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject.Places;
import dev.portcullis.gateway.runtime.operate.security.DeepProbe.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A gateway's directory with a configuration in it, as an audit sees it, and what may lie around it. */
final class Subjects {
    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();
    Path state;
    Path config;
    Optional<DeepProbe> probe = Optional.empty();
    boolean shipped;

    Subjects(Path folder) throws IOException {
        this.folder = folder;
        this.state = Files.createDirectory(folder.resolve("state"));
        this.config = state.resolve("openclaw.json");
        mode(state, "rwx------");
    }

    Subjects config(String json5) throws IOException {
        Files.writeString(config, json5);
        mode(config, "rw-------");
        return this;
    }

    Path plugins() {
        return folder.resolve("plugins");
    }

    /** Steps, such as {@code file extra.json 644 {}; probe down}; paths begin in the state directory. */
    Subjects with(String steps, SamplePlugins samples) throws Exception {
        for (String step : steps.split("; ")) {
            String[] words = step.split(" ", 4);
            switch (words[0]) {
                case "" -> {}
                case "env" -> variables.put(words[1].split("=", 2)[0], words[1].split("=", 2)[1]);
                case "chmod" -> Files.setPosixFilePermissions(path(words[2]), permissions(words[1]));
                case "file" -> {
                    Files.createDirectories(path(words[1]).getParent());
                    Files.writeString(path(words[1]), words.length > 3 ? words[3] : "");
                    Files.setPosixFilePermissions(path(words[1]), permissions(words[2]));
                }
                case "dir" -> {
                    Files.createDirectories(path(words[1]));
                    Files.setPosixFilePermissions(path(words[1]), permissions(words[2]));
                }
                case "probe" -> probe = Optional.of(probe(words));
                case "plugin" ->
                    samples.put(
                            plugins(),
                            words[1],
                            step.contains(" process") ? "process" : step.contains(" network") ? "network" : "",
                            step);
                case "dangling" -> {
                    Files.createDirectories(plugins());
                    Files.createSymbolicLink(plugins().resolve(words[1] + ".jar"), folder.resolve("gone.jar"));
                }
                case "lock" -> samples.lock(plugins());
                case "sign" -> samples.sign(plugins().resolve(words[1] + ".jar"));
                case "change" ->
                    Files.write(plugins().resolve(words[1] + ".jar"), new byte[] {1}, StandardOpenOption.APPEND);
                case "link" -> link(words[1]);
                case "no" -> state = Files.writeString(folder.resolve("no-directory"), "");
                case "owner" -> giveAway(words[1]);
                case "state" -> {
                    Path moved = folder.resolve(step.substring("state at ".length()));
                    Files.createDirectories(moved.getParent());
                    state = Files.move(state, moved);
                    config = state.resolve("openclaw.json");
                }
                default -> throw new IllegalArgumentException("Unknown step " + step);
            }
        }
        return this;
    }

    /** Only root can give files away. */
    private void giveAway(String user) {
        try {
            Path plugin = plugins().resolve("weather.jar");
            Files.setOwner(
                    plugin,
                    plugin.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        } catch (IOException refused) {
            Assumptions.abort("no root, or no user " + user);
        }
    }

    private void link(String what) throws IOException {
        Path real = what.equals("state") ? state : config;
        Path moved = Files.move(real, real.resolveSibling("real-" + real.getFileName()));
        Files.createSymbolicLink(real, moved);
    }

    private static DeepProbe probe(String[] words) {
        return switch (words[1]) {
            case "down" -> Probes.down();
            case "answering" -> Probes.answering();
            default ->
                Probes.answering(
                        Stream.of(Kind.values())
                                .filter(kind -> kind.word().equals(words[1]))
                                .findFirst(),
                        Integer.parseInt(words[2]));
        };
    }

    private Path path(String relative) {
        return state.resolve(relative).normalize();
    }

    AuditSubject subject() {
        return subject(variables, Assumed.NOTHING);
    }

    AuditSubject subject(Map<String, String> variables, Assumed assumed) {
        ConfigDraft draft = ConfigReader.draft(config, ConfigEnvironment.of(variables));
        Set<Path> includes = new HashSet<>(draft.files());
        includes.remove(config);
        List<String> problems = draft.reading() instanceof ConfigReading.Invalid invalid
                ? invalid.errors().stream().map(ConfigProblem::text).toList()
                : List.of();
        return new AuditSubject(
                draft.root(),
                problems,
                draft.config().flatMap(read -> read.auth().token()),
                draft.config().flatMap(read -> read.auth().password()),
                draft.config().map(read -> read.plugins().trust()).orElse(PluginTrust.DEFAULT),
                Set.of("built-in"),
                assumed,
                variables,
                new Places(folder, state, Optional.of(config), shipped, includes, List.of(plugins())));
    }

    ConfigFileEditor editor(Path file) {
        return new ConfigFileEditor(file, Optional.empty(), ConfigEnvironment.of(variables));
    }

    static Set<PosixFilePermission> permissions(String octal) {
        int bits = Integer.parseInt(octal, 8);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((bits & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
