package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** A mount that means something else elsewhere. */
final class RelativeMount extends Check {
    RelativeMount() {
        super("sandbox.bind_mount_non_absolute");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        gateway.tools().agentsAndDefaults().forEach((path, agent) -> {
            List<String> relative = agent.texts("sandbox.docker.binds").stream()
                    .filter(bind -> !bind.startsWith("/") && !bind.startsWith("~/"))
                    .toList();
            if (!relative.isEmpty()) {
                found.accept(warn(
                        path + ".sandbox.docker.binds",
                        "The sandbox mounts relative paths",
                        path + ".sandbox.docker.binds has " + String.join(", ", relative) + ".",
                        "Write absolute paths."));
            }
        });
    }
}
