package dev.portcullis.gateway.runtime.operate.security;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Every command runs. */
final class ExecFull extends Check {
    ExecFull() {
        super("tools.exec.security_full_configured");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> keys = new ArrayList<>();
        if (gateway.settings().says("tools.exec.security", "full")) {
            keys.add("tools.exec.security");
        }
        gateway.tools().agents().forEach((path, agent) -> {
            if (agent.says("tools.exec.security", "full")) {
                keys.add(path + ".tools.exec.security");
            }
        });
        if (!keys.isEmpty()) {
            List<String> open = gateway.channels().openKeys();
            found.accept(criticalIf(
                    !open.isEmpty(),
                    keys.getFirst(),
                    "Every command may run",
                    "\"full\" is written in " + String.join(", ", keys)
                            + (open.isEmpty() ? "." : ", and strangers get in by " + String.join(", ", open) + "."),
                    "Set it to \"allowlist\" or \"deny\"."));
        }
    }
}
