package dev.portcullis.gateway.runtime.operate.security;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import dev.portcullis.gateway.runtime.config.ShellWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who else may read or write a file: a table, of which for every file the worst row that holds reports. */
final class PermissionCheck extends Check {
    /** What others may do; a file that they may write is not reported for being readable. */
    enum Access {
        WORLD_WRITABLE("everybody may write it"),
        GROUP_WRITABLE("its group may write it"),
        WRITABLE("others may write it"),
        WORLD_READABLE("everybody may read it"),
        GROUP_READABLE("its group may read it"),
        READABLE("others may read it");

        private final String words;

        Access(String words) {
            this.words = words;
        }

        boolean writes() {
            return this == WORLD_WRITABLE || this == GROUP_WRITABLE || this == WRITABLE;
        }

        boolean holds(FileMode mode) {
            boolean written = mode.has(OTHERS_WRITE) || mode.has(GROUP_WRITE);
            return switch (this) {
                case WORLD_WRITABLE -> mode.has(OTHERS_WRITE);
                case GROUP_WRITABLE -> mode.has(GROUP_WRITE) && !mode.has(OTHERS_WRITE);
                case WRITABLE -> written;
                case WORLD_READABLE -> !written && mode.has(OTHERS_READ);
                case GROUP_READABLE -> !written && mode.has(GROUP_READ) && !mode.has(OTHERS_READ);
                case READABLE -> !written && (mode.has(GROUP_READ) || mode.has(OTHERS_READ));
            };
        }
    }

    /** What is looked at, the mode it should have, and the config path that may name it. */
    private enum Target {
        STATE_DIR("state directory", "700", "", g -> List.of(places(g).stateDir())),
        CONFIG(
                "configuration file",
                "600",
                "",
                g -> places(g).configFile().stream().toList()),
        INCLUDE(
                "included configuration file",
                "600",
                "$include",
                g -> List.copyOf(places(g).includes())),
        CREDENTIALS("credentials directory", "700", "", g -> List.of(state(g).credentials())),
        AUTH_PROFILES("file of log-ins", "600", "", g -> state(g).authProfiles()),
        SESSIONS("session store", "600", "", g -> state(g).sessions()),
        LOG("log file", "600", "logging.file", PermissionCheck::log),
        TOKEN("token file", "600", "", g -> state(g).token()),
        RECORDS("file of audit records", "600", "logging.audit.file", PermissionCheck::records),
        PLUGINS("plugin folder or plugin", "go-w", "plugins.load.paths", PermissionCheck::plugins);

        private final String words;
        private final String mode;
        private final String key;

        @SuppressWarnings("ImmutableEnumChecker") // functions without state
        private final Function<Examined, List<Path>> files;

        Target(String words, String mode, String key, Function<Examined, List<Path>> files) {
            this.words = words;
            this.mode = mode;
            this.key = key;
            this.files = files;
        }
    }

    private final Severity severity;
    private final Target target;
    private final Access access;

    private PermissionCheck(String id, Severity severity, Target target, Access access) {
        super(id);
        this.severity = severity;
        this.target = target;
        this.access = access;
    }

    static List<Check> all() {
        return List.of(
                new PermissionCheck(
                        "fs.state_dir.perms_world_writable",
                        Severity.CRITICAL,
                        Target.STATE_DIR,
                        Access.WORLD_WRITABLE),
                new PermissionCheck(
                        "fs.state_dir.perms_group_writable", Severity.WARN, Target.STATE_DIR, Access.GROUP_WRITABLE),
                new PermissionCheck("fs.state_dir.perms_readable", Severity.WARN, Target.STATE_DIR, Access.READABLE),
                new PermissionCheck("fs.config.perms_writable", Severity.CRITICAL, Target.CONFIG, Access.WRITABLE),
                new PermissionCheck(
                        "fs.config.perms_world_readable", Severity.CRITICAL, Target.CONFIG, Access.WORLD_READABLE),
                new PermissionCheck(
                        "fs.config.perms_group_readable", Severity.WARN, Target.CONFIG, Access.GROUP_READABLE),
                new PermissionCheck(
                        "fs.config_include.perms_writable", Severity.CRITICAL, Target.INCLUDE, Access.WRITABLE),
                new PermissionCheck(
                        "fs.config_include.perms_world_readable",
                        Severity.CRITICAL,
                        Target.INCLUDE,
                        Access.WORLD_READABLE),
                new PermissionCheck(
                        "fs.config_include.perms_group_readable", Severity.WARN, Target.INCLUDE, Access.GROUP_READABLE),
                new PermissionCheck(
                        "fs.credentials_dir.perms_writable", Severity.CRITICAL, Target.CREDENTIALS, Access.WRITABLE),
                new PermissionCheck(
                        "fs.credentials_dir.perms_readable", Severity.WARN, Target.CREDENTIALS, Access.READABLE),
                new PermissionCheck(
                        "fs.auth_profiles.perms_writable", Severity.CRITICAL, Target.AUTH_PROFILES, Access.WRITABLE),
                new PermissionCheck(
                        "fs.auth_profiles.perms_readable", Severity.WARN, Target.AUTH_PROFILES, Access.READABLE),
                new PermissionCheck(
                        "fs.sessions_store.perms_readable", Severity.WARN, Target.SESSIONS, Access.READABLE),
                new PermissionCheck("fs.log_file.perms_readable", Severity.WARN, Target.LOG, Access.READABLE),
                new PermissionCheck(
                        "portcullis.fs.token_file.perms_writable", Severity.CRITICAL, Target.TOKEN, Access.WRITABLE),
                new PermissionCheck(
                        "portcullis.fs.token_file.perms_readable", Severity.CRITICAL, Target.TOKEN, Access.READABLE),
                new PermissionCheck(
                        "portcullis.fs.audit_file.perms_writable", Severity.WARN, Target.RECORDS, Access.WRITABLE),
                new PermissionCheck(
                        "portcullis.fs.audit_file.perms_readable", Severity.WARN, Target.RECORDS, Access.READABLE),
                new PermissionCheck(
                        "portcullis.plugins.folder_writable", Severity.CRITICAL, Target.PLUGINS, Access.WRITABLE));
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        for (Path file : target.files.apply(gateway)) {
            boolean mayBeRead = target == Target.CONFIG && places(gateway).shipped() && !access.writes();
            Optional<FileMode> mode = FileMode.of(file).filter(access::holds).filter(open -> !mayBeRead);
            mode.ifPresent(bad -> found.accept(new Finding(
                    id(),
                    severity,
                    gateway.settings().has(target.key) ? target.key : "",
                    "The " + target.words + " is open to others",
                    file + " mode=" + bad.octal() + ": " + access.words + ".",
                    "chmod " + target.mode + " " + ShellWord.of(file))));
        }
    }

    private static AuditSubject.Places places(Examined gateway) {
        return gateway.subject().places();
    }

    private static StateFiles state(Examined gateway) {
        return new StateFiles(places(gateway).stateDir());
    }

    private static List<Path> log(Examined gateway) {
        return gateway.file("logging.file").stream().toList();
    }

    private static List<Path> records(Examined gateway) {
        return List.of(gateway.file("logging.audit.file")
                .orElse(places(gateway).stateDir().resolve("audit.jsonl")));
    }

    private static List<Path> plugins(Examined gateway) {
        return Stream.concat(places(gateway).pluginFolders().stream(), gateway.plugins().files().stream())
                .distinct()
                .toList();
    }
}
