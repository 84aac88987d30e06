package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject;
import dev.portcullis.gateway.runtime.operate.security.SecurityAudit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway's files in a folder, as sound as a test leaves them. */
final class Ward {
    static final String TOKEN = "a-token-of-the-ward-0123456789abcdef";
    static final String SOUND = "{gateway: {port: 18789, auth: {mode: 'token', token: '" + TOKEN + "'}}}";

    final Path folder;
    final Path state;
    final Path file;
    final Path plugins;
    final Map<String, String> variables = new HashMap<>();
    Optional<Path> distribution = Optional.empty();
    Optional<Boolean> cacheFits = Optional.empty();
    private Glance glance = new Glance("ok", "127.0.0.1", 18789, true, "", List.of());

    Ward(Path folder) throws IOException {
        this.folder = folder;
        this.state = Files.createDirectory(folder.resolve("state"));
        this.plugins = Files.createDirectory(folder.resolve("plugins"));
        this.file = state.resolve("openclaw.json");
        mode(folder, "rwx------");
        mode(state, "rwx------");
        mode(plugins, "rwxr-xr-x");
        config(SOUND);
    }

    Ward config(String text) throws IOException {
        Files.writeString(file, text);
        mode(file, "rw-------");
        return this;
    }

    Ward seen(String state, String problem, String... warnings) {
        glance = new Glance(state, "127.0.0.1", glance.port(), true, problem, List.of(warnings));
        return this;
    }

    Ward port(int port) {
        glance = new Glance(glance.state(), "127.0.0.1", port, true, glance.problem(), List.of());
        return this;
    }

    static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    Path unit() {
        return folder.resolve("units/portcullis.service");
    }

    Patient patient() {
        ConfigEnvironment environment = ConfigEnvironment.of(variables);
        ConfigDraft draft = ConfigReader.draft(file, environment);
        AuditSubject subject = new AuditSubject(
                draft.root(),
                List.of(),
                draft.config().flatMap(config -> config.auth().token()),
                Optional.empty(),
                PluginTrust.DEFAULT,
                Set.of(),
                AuditSubject.Assumed.NOTHING,
                variables,
                new AuditSubject.Places(folder, state, Optional.of(file), false, Set.of(), List.of(plugins)));
        return new Patient(
                draft,
                Optional.of(new ConfigFileEditor(file, Optional.empty(), environment)),
                Optional.of(subject),
                () -> Optional.of(new SecurityAudit(SecurityAudit.BUDGET).run(subject)),
                Optional.of(glance),
                () -> cacheFits,
                new Patient.Places(
                        Optional.of(file),
                        state,
                        List.of(plugins),
                        distribution,
                        unit(),
                        state.resolve("portcullis.aot")),
                variables);
    }

    /** What one check finds. */
    List<Finding> findings(Check check) {
        return new Doctor(List.of(check)).examine(patient(), id -> true).findings();
    }

    /** The only finding of a check. */
    Finding finding(Check check) {
        List<Finding> findings = findings(check);
        if (findings.size() != 1) {
            throw new AssertionError(findings.toString());
        }
        return findings.getFirst();
    }

    /** Repairs what one check finds. */
    Repairs repaired(Check check) {
        return Repairs.of(findings(check));
    }
}
