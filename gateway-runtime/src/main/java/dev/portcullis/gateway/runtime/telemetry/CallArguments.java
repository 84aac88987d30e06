package dev.portcullis.gateway.runtime.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the caller sent to the tool that runs on a thread, so that it can be taken out of what is logged there. Costs a call that
 * logs nothing no more than to remember it.
 *
 * @param outer of the tool that asked for this one; null if a caller did
 */
public record CallArguments(
        Map<String, Object> arguments, @Nullable CallArguments outer) {
    private static final ThreadLocal<@Nullable CallArguments> CURRENT = new ThreadLocal<>();

    /** From now on a tool runs with them on this thread. To be left with what is returned. */
    public static @Nullable CallArguments enter(Map<String, Object> arguments) {
        CallArguments before = CURRENT.get();
        CURRENT.set(new CallArguments(arguments, before));
        return before;
    }

    public static void leave(@Nullable CallArguments before) {
        // also if there was none: the thread is that of a connection, and its next call needs the entry again
        CURRENT.set(before);
    }

    /** A text that a plugin logs on this thread, without them. */
    public static String takenOutOf(String text) {
        CallArguments here = CURRENT.get();
        if (here == null || text.isEmpty()) {
            return text;
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (CallArguments at = here; at != null; at = at.outer) {
            all.add(at.arguments);
        }
        return ArgumentRedaction.inEntry(text, all);
    }

    /** They are the caller's. */
    @Override
    public String toString() {
        return "CallArguments";
    }
}
