package dev.portcullis.gateway.runtime.operate.security;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A filter that can do much more counts as safe. */
final class BroadSafeBins extends Check {
    private static final Set<String> BROAD = Set.of("jq", "awk", "gawk", "mawk", "sed", "find");

    BroadSafeBins() {
        super("tools.exec.safe_bins_broad_behavior");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> broad = gateway.settings().texts("tools.exec.safeBins").stream()
                .filter(BROAD::contains)
                .filter(bin -> !gateway.settings()
                        .children("tools.exec.safeBinProfiles")
                        .containsKey(bin))
                .toList();
        if (!broad.isEmpty()) {
            found.accept(warn(
                    "tools.exec.safeBins",
                    "Safe programs can do more than filter",
                    "tools.exec.safeBins has " + String.join(", ", broad)
                            + ", which read files, the environment or run commands by their own language.",
                    "Take them out, or limit their arguments in tools.exec.safeBinProfiles."));
        }
    }
}
