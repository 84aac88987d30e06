package dev.portcullis.gateway.runtime.telemetry;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which invocation a thread works for, so that whatever is logged meanwhile can be found by it, and the trace that the caller
 * said it belongs to.
 *
 * @param trace W3C trace id; null if the caller sent none
 * @param parent id of the caller's span; null if it sent none
 * @param sampled whether the caller wants it traced
 */
public record Correlation(
        String invocation, @Nullable String trace, @Nullable String parent, boolean sampled) {
    /** Later versions may say more; zeros stand for none. */
    private static final Pattern TRACEPARENT = Pattern.compile(
            "(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");

    private static final ThreadLocal<@Nullable Correlation> CURRENT = new ThreadLocal<>();

    /**
     * Of an invocation that begins.
     *
     * @param traceparent values of the header; one that is malformed, or more than one, count as none
     */
    public static Correlation of(String invocation, List<String> traceparent) {
        if (traceparent.size() == 1) {
            Matcher header = TRACEPARENT.matcher(traceparent.getFirst().strip());
            if (header.matches()) {
                boolean sampled = (Integer.parseInt(header.group(3), 16) & 1) == 1;
                return new Correlation(invocation, header.group(1), header.group(2), sampled);
            }
        }
        return new Correlation(invocation, null, null, false);
    }

    /** Of an invocation that the one of this thread asked for: in the same trace. */
    public static Correlation nested(String invocation) {
        Correlation outer = current();
        return outer == null
                ? new Correlation(invocation, null, null, false)
                : new Correlation(invocation, outer.trace, outer.parent, outer.sampled);
    }

    /** The same work on another thread, which belongs to what this one works for. */
    public static Runnable carried(Runnable work) {
        Correlation here = current();
        return () -> {
            Correlation before = enter(here);
            try {
                work.run();
            } finally {
                enter(before);
            }
        };
    }

    /** Of the current thread; null if it works for none. */
    public static @Nullable Correlation current() {
        return CURRENT.get();
    }

    /** Makes one the current thread's, or none with null; returns the one before, to be put back. */
    public static @Nullable Correlation enter(@Nullable Correlation next) {
        Correlation before = CURRENT.get();
        // also if it is none: the thread is that of a connection, and its next call needs the entry again
        CURRENT.set(next);
        return before;
    }
}
