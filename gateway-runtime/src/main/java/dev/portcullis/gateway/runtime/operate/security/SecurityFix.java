package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Change;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Result;
import dev.portcullis.gateway.runtime.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Closes what can be closed without asking: permissions of the gateway's own files, and groups that are open to anybody. Never
 * touches secrets, addresses, authentication, tool policy or plugins. A second run changes nothing.
 */
public final class SecurityFix {
    private static final int DIRECTORY = 0700;
    private static final int FILE = 0600;
    private static final String POLICY = "groupPolicy";

    private final AuditSubject subject;
    private final Function<Path, ConfigFileEditor> editor;
    private final List<String> changes = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<FixReport.Action> actions = new ArrayList<>();
    private boolean written;
    private Optional<Path> backup = Optional.empty();

    private SecurityFix(AuditSubject subject, Function<Path, ConfigFileEditor> editor) {
        this.subject = subject;
        this.editor = editor;
    }

    /**
     * Closes what is open.
     *
     * @param editor of the file that is named
     */
    public static FixReport apply(AuditSubject subject, Function<Path, ConfigFileEditor> editor) {
        SecurityFix fix = new SecurityFix(subject, editor);
        subject.places().configFile().ifPresent(fix::closeGroups);
        fix.permissions();
        return fix.report();
    }

    /** Closes permissions alone. */
    public static FixReport permissions(AuditSubject subject) {
        SecurityFix fix = new SecurityFix(subject, file -> {
            throw new IllegalStateException("permissions need no editor");
        });
        fix.permissions();
        return fix.report();
    }

    private FixReport report() {
        return new FixReport(
                subject.places().stateDir(), subject.places().configFile(), written, backup, changes, actions, errors);
    }

    private void closeGroups(Path file) {
        Map<String, List<String>> open = openGroups();
        if (open.isEmpty()) {
            return;
        }
        if (subject.places().shipped()) {
            left(
                    open,
                    file
                            + " came with the archive, and is not edited: \"portcullis config set\" makes one of your own.");
            return;
        }
        Settings plain = new Settings(
                ConfigReader.draft(file, ConfigEnvironment.of(Map.of())).root());
        List<String> elsewhere =
                open.keySet().stream().filter(key -> !plain.says(key, "open")).toList();
        if (!elsewhere.isEmpty()) {
            left(
                    open,
                    file + " takes the value of " + String.join(", ", elsewhere)
                            + " from a variable: set it to \"allowlist\" there.");
            return;
        }
        List<Change> wanted = open.values().stream()
                .<Change>map(path -> new Change.Set(path, "allowlist"))
                .toList();
        try {
            Path real = file.toRealPath();
            switch (editor.apply(file).apply(wanted, false)) {
                case Result.Done done -> {
                    written = !done.unchanged();
                    backup = Optional.of(real.resolveSibling(real.getFileName() + ConfigFileEditor.BACKUP));
                    open.keySet().forEach(key -> changes.add(key + ": open -> allowlist"));
                }
                case Result.Refused refused ->
                    left(
                            open,
                            file + " does not hold for other reasons, and is not edited before it does: "
                                    + String.join(" ", refused.reasons()));
                case Result.Impossible impossible -> left(open, impossible.reason());
            }
        } catch (IOException unwritable) {
            left(
                    open,
                    file + " cannot be changed (" + unwritable.getClass().getSimpleName() + "): see its permissions.");
        }
    }

    private void left(Map<String, List<String>> open, String why) {
        errors.add("Left open: " + String.join(", ", open.keySet()) + ". " + why);
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

    private void permissions() {
        StateFiles state = new StateFiles(subject.places().stateDir());
        change(subject.places().stateDir(), DIRECTORY);
        change(state.credentials(), DIRECTORY);
        state.agentDirectories().forEach(directory -> change(directory, DIRECTORY));
        subject.places()
                .configFile()
                .filter(file -> !subject.places().shipped())
                .ifPresent(file -> change(file, FILE));
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
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return "no-modes";
        }
        return FileMode.of(path).filter(now -> now.bits() == mode).isPresent() ? "already" : "";
    }
}
