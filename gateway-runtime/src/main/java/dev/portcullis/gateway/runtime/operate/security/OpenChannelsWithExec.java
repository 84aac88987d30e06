package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.function.Consumer;

/** Strangers talk to something that runs commands. */
final class OpenChannelsWithExec extends Check {
    OpenChannelsWithExec() {
        super("security.exposure.open_channels_with_exec");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> open = gateway.channels().openKeys();
        String security = gateway.settings().text("tools.exec.security");
        boolean runs = security.equals("full") || security.equals("allowlist");
        if (!open.isEmpty() && runs && gateway.tools().execAllowed()) {
            found.accept(criticalIf(
                    security.equals("full"),
                    open.getFirst(),
                    "Strangers can talk to a gateway that runs commands",
                    "Open: " + String.join(", ", open) + "; tools.exec.security is \"" + security + "\".",
                    "Close the channels (\"allowlist\" or \"pairing\"), or set tools.exec.security to \"deny\"."));
        }
    }
}
