package dev.portcullis.sample.policy;

import dev.portcullis.gateway.api.plugin.PluginConfig;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.api.policy.PolicySource;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens tools at certain hours and hides them at all others.
 *
 * <pre>{@code
 * plugins.entries.allowed-hours.config {
 *   zone = "Europe/Berlin"                       # the machine's zone unless given
 *   tools {
 *     "deploy_*" = ["Mon-Thu 09:00-17:00", "Fri 09:00-13:00"]
 *     backup     = ["22:00-05:00"]               # every day, over midnight
 *   }
 * }
 * }</pre>
 *
 * <p>A key is a tool name, a group, or a pattern. Tools that no key names are not touched: a policy source only narrows, so
 * it does not have to repeat what the configuration allows.
 *
 * <p>What to take from it: all problems of the configuration are reported at once, with their places, and stop the start,
 * because a rule that is missing would widen; the answer says how long it holds - until the next opening or closing - so
 * that the gateway asks twice a day and not at every call.
 */
public final class AllowedHours implements PolicySourceProvider {
    private static final String PATH = "plugins.entries.allowed-hours.config.";

    private final InstantSource clock;

    /** Created by the gateway. */
    public AllowedHours() {
        this(InstantSource.system());
    }

    AllowedHours(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "allowed-hours";
    }

    @Override
    public PolicySource create(PluginContext context) {
        List<String> problems = new ArrayList<>();
        ZoneId zone = zone(context.config(), problems);
        List<Schedule> schedules = schedules(context.config().block("tools"), problems);
        if (!problems.isEmpty()) {
            throw new PluginException(String.join(System.lineSeparator(), problems));
        }
        return new HoursSource(schedules, zone, clock);
    }

    private static ZoneId zone(PluginConfig config, List<String> problems) {
        String name = config.string("zone").orElse("");
        try {
            return name.isBlank() ? ZoneId.systemDefault() : ZoneId.of(name.strip());
        } catch (DateTimeException unknown) {
            problems.add(
                    PATH + "zone: \"" + name
                            + "\" is no time zone. Write one such as Europe/Berlin or UTC, or remove the key for this machine's.");
            return ZoneId.systemDefault();
        }
    }

    private static List<Schedule> schedules(PluginConfig tools, List<String> problems) {
        List<Schedule> schedules = new ArrayList<>();
        for (String tool : tools.keys()) {
            List<HourWindow> windows = new ArrayList<>();
            for (String text : tools.strings(tool).orElse(List.of())) {
                try {
                    windows.add(HourWindow.parse(text));
                } catch (IllegalArgumentException wrong) {
                    problems.add(PATH + "tools.\"" + tool + "\": " + wrong.getMessage());
                }
            }
            schedules.add(new Schedule(tool, windows));
        }
        return schedules;
    }
}
