package dev.portcullis.gateway.runtime.operate.security;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The sandbox sees what it is to be kept from. */
final class DangerousMount extends Check {
    private static final List<String> SYSTEM = List.of(
            "/etc", "/proc", "/sys", "/dev", "/root", "/boot", "/run", "/var/run", "/var/lib/docker", "/private/etc");
    private static final List<String> SECRET = List.of(".ssh", ".gnupg", ".aws", ".config/gcloud", ".kube", ".docker");

    DangerousMount() {
        super("sandbox.dangerous_bind_mount");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.tools().agentsAndDefaults().forEach((path, agent) -> {
            List<String> risky = agent.texts("sandbox.docker.binds").stream()
                    .filter(bind -> risky(bind, gateway.subject().places().home()))
                    .toList();
            if (!risky.isEmpty()) {
                found.accept(critical(
                        path + ".sandbox.docker.binds",
                        "The sandbox mounts parts of the system",
                        path + ".sandbox.docker.binds has " + String.join(", ", risky) + ".",
                        "Mount only the directories that the work needs."));
            }
        });
    }

    private static boolean risky(String bind, Path home) {
        String source = bind.contains(":") ? bind.substring(0, bind.indexOf(':')) : bind;
        if (!source.startsWith("/") && !source.startsWith("~/")) {
            return false;
        }
        Path path = (source.startsWith("~/") ? home.resolve(source.substring(2)) : Path.of(source)).normalize();
        return path.getNameCount() == 0
                || path.toString().endsWith("docker.sock")
                || SYSTEM.stream().anyMatch(path::startsWith)
                || SECRET.stream().map(home::resolve).anyMatch(path::startsWith)
                || path.equals(home);
    }
}
