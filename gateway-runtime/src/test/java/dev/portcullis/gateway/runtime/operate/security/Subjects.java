package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject.Assumed;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway's directory with a configuration in it, as an audit sees it. */
final class Subjects {
    private final Path folder;
    final Path state;
    final Path config;

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

    AuditSubject subject() {
        return subject(Map.of(), Assumed.NOTHING);
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
                assumed,
                variables,
                new Places(folder, state, Optional.of(config), includes, List.of(plugins())));
    }

    static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
