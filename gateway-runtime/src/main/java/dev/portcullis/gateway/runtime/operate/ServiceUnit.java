package dev.portcullis.gateway.runtime.operate;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A systemd unit for the gateway of this archive, run by the user who installs it. */
public final class ServiceUnit {
    public static final String NAME = "portcullis.service";

    private static final Pattern START = Pattern.compile("(?m)^ExecStart=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private ServiceUnit() {}

    /**
     * The unit.
     *
     * @param home the unpacked archive
     * @param stateDirectory where the gateway keeps its state
     */
    public static String text(Path home, Path stateDirectory) {
        return """
                [Unit]
                Description=Portcullis tool gateway
                Documentation=man:portcullis(1)
                After=network-online.target
                Wants=network-online.target

                [Service]
                Type=exec
                ExecStart=%s run --state-dir %s
                ExecReload=/bin/kill -HUP $MAINPID
                KillSignal=SIGTERM
                TimeoutStopSec=30
                Restart=on-failure
                RestartSec=2
                # 2: the command line is wrong; 78: the configuration is. Starting again would not help.
                RestartPreventExitStatus=2 78
                # as if it had been asked to stop
                SuccessExitStatus=143
                NoNewPrivileges=true
                UMask=0077

                [Install]
                WantedBy=default.target
                """.formatted(quoted(home.resolve("bin/portcullis")), quoted(stateDirectory));
    }

    /** Where a unit of the user belongs, by the user's environment. */
    public static Path file(Map<String, String> environment, Path home) {
        return variable(environment, "XDG_CONFIG_HOME")
                .map(Path::of)
                .or(() -> variable(environment, "HOME").map(own -> Path.of(own, ".config")))
                .orElseGet(() -> home.resolve(".config"))
                .resolve("systemd/user")
                .resolve(NAME);
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** What a unit starts, if it says so as {@link #text} does. */
    public static Optional<Path> program(String unit) {
        Matcher start = START.matcher(unit);
        return start.find()
                ? Optional.of(Path.of(start.group(1)
                        .replace("\\\"", "\"")
                        .replace("\\\\", "\\")
                        .replace("%%", "%")
                        .replace("$$", "$")))
                : Optional.empty();
    }

    /** Whether two units differ in the program alone. */
    public static boolean sameButForProgram(String one, String other) {
        return START.matcher(one).replaceFirst("").equals(START.matcher(other).replaceFirst(""));
    }

    /** As systemd reads it: in quotes, % and $ doubled. */
    private static String quoted(Path path) {
        return '"'
                + path.toString()
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("%", "%%")
                        .replace("$", "$$")
                + '"';
    }
}
