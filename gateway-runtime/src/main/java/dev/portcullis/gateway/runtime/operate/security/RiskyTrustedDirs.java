package dev.portcullis.gateway.runtime.operate.security;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.function.Consumer;

/** Others can put programs where safe ones are looked for. */
final class RiskyTrustedDirs extends Check {
    private static final List<String> RISKY =
            List.of("/tmp", "/var/tmp", "/private/tmp", "/dev/shm", "/usr/local/bin", "/opt/homebrew/bin");

    RiskyTrustedDirs() {
        super("tools.exec.safe_bin_trusted_dirs_risky");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> risky = gateway.settings().texts("tools.exec.safeBinTrustedDirs").stream()
                .filter(directory -> risky(directory, gateway.subject().places().home()))
                .toList();
        if (!risky.isEmpty()) {
            found.accept(warn(
                    "tools.exec.safeBinTrustedDirs",
                    "Trusted program directories can be written by others",
                    "tools.exec.safeBinTrustedDirs has " + String.join(", ", risky)
                            + ": temporary, relative, at home or open to others.",
                    "Trust directories of the system only, such as /usr/bin."));
        }
    }

    private static boolean risky(String written, Path home) {
        if (written.startsWith("~") || !written.startsWith("/")) {
            return true;
        }
        Path directory = Path.of(written).normalize();
        return RISKY.stream().anyMatch(directory::startsWith)
                || directory.startsWith(home)
                || FileMode.of(directory)
                        .filter(mode ->
                                mode.has(PosixFilePermission.OTHERS_WRITE) || mode.has(PosixFilePermission.GROUP_WRITE))
                        .isPresent();
    }
}
