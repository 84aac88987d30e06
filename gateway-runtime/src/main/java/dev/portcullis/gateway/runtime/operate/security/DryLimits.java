package dev.portcullis.gateway.runtime.operate.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Limits that hold nothing back. */
final class DryLimits extends Check {
    private static final Map<String, Long> WIDEST = new TreeMap<>(Map.of(
            "gateway.auth.rateLimit.maxAttempts", 100L,
            "gateway.invoke.timeoutMs", 3_600_000L,
            "gateway.invoke.maxConcurrent", 100_000L,
            "gateway.invoke.maxResultBytes", 268_435_456L));

    DryLimits() {
        super("portcullis.limits.too_wide");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        List<String> wide = new ArrayList<>();
        WIDEST.forEach((key, most) -> {
            if (gateway.settings().value(key) instanceof Number number && number.longValue() > most) {
                wide.add(key + "=" + number);
            }
        });
        if (!wide.isEmpty()) {
            found.accept(warn(
                    wide.getFirst().substring(0, wide.getFirst().indexOf('=')),
                    "Limits are too wide to protect anything",
                    String.join(", ", wide) + ": one caller can occupy the gateway, or guess secrets.",
                    "Remove the key; the default is meant for ordinary use."));
        }
    }
}
