package dev.portcullis.gateway.runtime.operate.security;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Several people seem to share one gateway. */
final class MultiUser extends Check {
    MultiUser() {
        super("security.trust_model.multi_user_heuristic");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> signs = new ArrayList<>(gateway.channels().openKeys());
        gateway.channels().scopes().forEach((path, channel) -> {
            if (channel.texts("groupAllowFrom").contains("*")) {
                signs.add(path + ".groupAllowFrom");
            }
        });
        if (!signs.isEmpty()) {
            found.accept(
                    warn(
                            signs.getFirst(),
                            "Several people seem to share this gateway",
                            "Signs: " + String.join(", ", signs)
                                    + ". One gateway is one circle of trust: whoever gets in can use what is inside.",
                            "Give each circle a gateway of its own, or set sandbox.mode \"all\" and deny runtime and file tools."));
        }
    }
}
