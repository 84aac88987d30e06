package dev.portcullis.gateway.runtime.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How tool names are compared. The catalog looks a name up as it was sent, except for {@link #requested}; every rule compares
 * {@link #normalise normalised} names, so that neither case nor an alias opens or closes anything.
 */
public final class ToolNames {
    private static final Map<String, String> ALIASES =
            Map.of("bash", "exec", "apply-patch", "apply_patch", "cron", "automations");

    /** Entries of rules that stand for another tool, or for more than one. */
    private static final Map<String, List<String>> RENAMES =
            Map.of("update_plan", List.of("progress_card"), "canvas", List.of("canvas", "show_widget"));

    private ToolNames() {}

    /** The name by which rules know a tool: without white space around it, in lower case, aliases resolved. */
    public static String normalise(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        return ALIASES.getOrDefault(plain, plain);
    }

    /**
     * The name of the tool that a request means. Only the exact {@code cron} has a second name; any other alias or spelling is
     * a name of its own, and most likely unknown.
     *
     * @param name as sent, white space around it removed
     */
    public static String requested(String name) {
        return name.equals("cron") ? "automations" : name;
    }

    /** The tools that a normalised entry of a rule stands for, if it is no group, plugin or pattern. */
    static List<String> meantBy(String entry) {
        return RENAMES.getOrDefault(entry, List.of(entry));
    }

    /** Whether an entry is a former or other name that rules still understand. */
    static boolean understood(String normalised) {
        return RENAMES.containsKey(normalised);
    }
}
