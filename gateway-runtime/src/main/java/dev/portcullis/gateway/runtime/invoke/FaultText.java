package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.runtime.telemetry.ArgumentRedaction;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** What a tool threw, for the log: types and places as they are, messages without what the caller sent. */
final class FaultText {
    private static final int LONGEST = 16_384;
    private static final int FRAMES = 64;
    private static final int CAUSES = 8;
    private static final String UNKNOWN =
            "If what follows does not name something outside that failed, it is a fault of the"
                    + " plugin: tell its author.";

    private FaultText() {}

    /** What it means, if whoever loaded the tool knows, and what to do. */
    static String meaning(Execution execution, Map<String, Object> arguments, Throwable fault) {
        try {
            return execution
                    .tool()
                    .diagnosis()
                    .apply(fault)
                    .map(text -> ArgumentRedaction.of(text, arguments))
                    .orElse(UNKNOWN);
        } catch (Throwable twice) {
            return UNKNOWN;
        }
    }

    static String of(Throwable fault, Map<String, Object> arguments) {
        StringBuilder text = new StringBuilder();
        try {
            Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            String title = "";
            for (Throwable next = fault;
                    next != null && seen.size() < CAUSES && seen.add(next);
                    next = next.getCause()) {
                one(text.append(title), next, arguments);
                title = "\nCaused by: ";
            }
        } catch (Throwable twice) {
            return fault.getClass().getName() + " (which cannot be printed)";
        }
        return text.length() <= LONGEST ? text.toString() : text.substring(0, LONGEST) + "…";
    }

    private static void one(StringBuilder text, Throwable fault, Map<String, Object> arguments) {
        text.append(fault.getClass().getName());
        String message = fault.getMessage();
        if (message != null && !message.isBlank()) {
            text.append(": ").append(ArgumentRedaction.of(message, arguments));
        }
        StackTraceElement[] frames = fault.getStackTrace();
        for (int i = 0; i < frames.length && i < FRAMES; i++) {
            text.append("\n\tat ").append(frames[i]);
        }
    }
}
