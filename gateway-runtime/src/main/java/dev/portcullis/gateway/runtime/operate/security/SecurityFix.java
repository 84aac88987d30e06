package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ConfigEdit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Closes what can be closed without asking: permissions of the gateway's own files, and groups that are open to anybody. Never
 * touches secrets, addresses, authentication, tool policy or plugins. A second run changes nothing.
 */
public final class SecurityFix {
    private static final int DIRECTORY = 0700;
    private static final int FILE = 0600;
    private static final String POLICY = "groupPolicy";

    private final AuditSubject subject;
    private final List<String> changes = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<FixReport.Action> actions = new ArrayList<>();
    private boolean written;

    private SecurityFix(AuditSubject subject) {
        this.subject = subject;
    }

    public static FixReport apply(AuditSubject subject) {
        SecurityFix fix = new SecurityFix(subject);
        subject.places().configFile().ifPresent(fix::closeGroups);
        fix.permissions();
        return new FixReport(
                subject.places().stateDir(),
                subject.places().configFile(),
                fix.written,
                fix.changes,
                fix.actions,
                fix.errors);
    }

    private void closeGroups(Path file) {
        Map<String, List<String>> open = openGroups();
        if (open.isEmpty()) {
            return;
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".conf")) {
            open.keySet()
                    .forEach(key -> errors.add(key + " is left open: " + file
                            + " is HOCON, which is not edited by programs. Write \"allowlist\" there."));
            return;
        }
        try {
            Path real = file.toRealPath();
            String text = Files.readString(real);
            for (Map.Entry<String, List<String>> group : open.entrySet()) {
                Optional<String> edited = new ConfigEdit(text).replace(group.getValue(), "open", "allowlist");
                if (edited.isPresent()) {
                    text = edited.get();
                    changes.add(group.getKey() + ": open -> allowlist");
                } else {
                    errors.add(group.getKey() + " is left open: " + file
                            + " does not say it in so many words (an include, a variable or a key written twice)."
                            + " Write \"allowlist\" where it is set.");
                }
            }
            if (!changes.isEmpty()) {
                replace(real, text);
                written = true;
            }
        } catch (IOException unwritable) {
            changes.clear();
            errors.add(
                    file + " cannot be changed (" + unwritable.getClass().getSimpleName() + "): see its permissions.");
        }
    }

    /** Where groups are open, with the names that lead there; also on channels that are switched off. */
    private Map<String, List<String>> openGroups() {
        Map<String, List<String>> open = new LinkedHashMap<>();
        new Settings(subject.root()).children("channels").forEach((channel, settings) -> {
            if (settings.says(POLICY, "open")) {
                open.put("channels." + channel + "." + POLICY, List.of("channels", channel, POLICY));
            }
            settings.children("accounts").forEach((account, own) -> {
                if (own.says(POLICY, "open")) {
                    open.put(
                            "channels." + channel + ".accounts." + account + "." + POLICY,
                            List.of("channels", channel, "accounts", account, POLICY));
                }
            });
        });
        return open;
    }

    /** The whole file or nothing, for the owner's eyes only. */
    private static void replace(Path file, String text) throws IOException {
        Path parent = file.getParent() == null ? Path.of(".") : file.getParent();
        Path temporary = Files.createTempFile(parent, ".portcullis-", ".tmp");
        try {
            if (FileMode.of(temporary).isPresent()) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void permissions() {
        StateFiles state = new StateFiles(subject.places().stateDir());
        change(subject.places().stateDir(), DIRECTORY);
        change(state.credentials(), DIRECTORY);
        state.agentDirectories().forEach(directory -> change(directory, DIRECTORY));
        subject.places().configFile().ifPresent(file -> change(file, FILE));
        subject.places().includes().stream().sorted().forEach(file -> change(file, FILE));
        state.credentialFiles().forEach(file -> change(file, FILE));
        state.token().forEach(file -> change(file, FILE));
        state.authProfiles().forEach(file -> change(file, FILE));
        state.sessions().forEach(file -> change(file, FILE));
        state.lines().forEach(file -> change(file, FILE));
    }

    private void change(Path path, int mode) {
        String skipped = skipped(path, mode);
        String error = "";
        if (skipped.isEmpty()) {
            try {
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(mode == DIRECTORY ? "rwx------" : "rw-------"));
            } catch (IOException | UnsupportedOperationException failed) {
                error = failed.getClass().getSimpleName();
            }
        }
        actions.add(new FixReport.Action(path, mode, skipped, error));
    }

    private static String skipped(Path path, int mode) {
        if (Files.isSymbolicLink(path)) {
            return "symlink";
        }
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return "missing";
        }
        if (mode == DIRECTORY && !Files.isDirectory(path)) {
            return "not-a-directory";
        }
        if (mode == FILE && !Files.isRegularFile(path)) {
            return "not-a-file";
        }
        return FileMode.of(path).filter(now -> now.bits() == mode).isPresent() ? "already" : "";
    }
}
