package dev.portcullis.gateway.runtime.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** {@code gateway.invoke}. */
final class InvokeReader {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private InvokeReader() {}

    static InvokeConfig read(Section invoke) {
        InvokeConfig standard = InvokeConfig.DEFAULT;
        Map<String, Duration> timeouts = new HashMap<>();
        Section byTool = invoke.section("timeouts");
        for (String tool : byTool.keys()) {
            byTool.number(tool, 1, DAY).ifPresent(millis -> timeouts.put(tool, Duration.ofMillis(millis)));
        }
        InvokeConfig read = new InvokeConfig(
                millis(invoke, "timeoutMs", standard.timeout()),
                timeouts,
                whole(invoke, "maxConcurrent", standard.maxConcurrent()),
                whole(invoke, "maxResultBytes", standard.maxResultBytes()),
                millis(invoke, "policySourceTimeoutMs", standard.policySourceTimeout()),
                millis(invoke, "authProviderTimeoutMs", standard.authProviderTimeout()),
                watchdog(invoke.section("watchdog"), standard.watchdog()));
        invoke.close();
        return read;
    }

    private static InvokeConfig.Watchdog watchdog(Section section, InvokeConfig.Watchdog standard) {
        InvokeConfig.Watchdog read = new InvokeConfig.Watchdog(
                section.flag("enabled").orElse(standard.enabled()),
                millis(section, "graceMs", standard.grace()),
                section.number("maxExtraParallelism", 0, 200)
                        .orElse((long) standard.maxExtraParallelism())
                        .intValue(),
                section.flag("confine").orElse(standard.confine()));
        section.close();
        return read;
    }

    private static Duration millis(Section section, String key, Duration standard) {
        return section.number(key, 1, DAY).map(Duration::ofMillis).orElse(standard);
    }

    private static int whole(Section section, String key, int standard) {
        return section.number(key, 1, Integer.MAX_VALUE).orElse((long) standard).intValue();
    }
}
