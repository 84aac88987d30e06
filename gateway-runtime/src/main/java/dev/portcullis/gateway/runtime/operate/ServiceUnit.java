package dev.portcullis.gateway.runtime.operate;

import java.nio.file.Path;

/** A systemd unit for the gateway of this archive, run by the user who installs it. */
public final class ServiceUnit {
    public static final String NAME = "portcullis.service";

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
