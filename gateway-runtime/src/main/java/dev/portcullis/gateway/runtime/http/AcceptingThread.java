package dev.portcullis.gateway.runtime.http;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that accepts connections. The server keeps it to itself, and says that it runs even when an interrupt of that thread
 * has closed its socket; a thread group of its own lets us find it.
 */
final class AcceptingThread {
    private static final String NAME = "-listener";
    private static final String CLASS = "io.helidon.webserver.ServerListener";
    private static final String STOPPING = "stop";

    private final ThreadGroup group = new ThreadGroup("listener");
    private volatile @Nullable Thread thread;

    /** Makes a server whose accepting thread is then in the group. */
    <T> T build(Supplier<T> maker) {
        FutureTask<T> task = new FutureTask<>(maker::get);
        Thread.ofPlatform().group(group).name("listener-build").daemon().start(task);
        try {
            return task.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a listener was made", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A listener cannot be made: " + failed.getCause(), failed.getCause());
        }
    }

    /** The server has started. */
    void find() {
        Thread[] members = new Thread[group.activeCount() + 8];
        int count = group.enumerate(members);
        thread = Arrays.stream(members, 0, count)
                .filter(member -> member.getName().endsWith(NAME))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server has no thread that accepts connections"));
    }

    /** Whether it still accepts, or waits until it may: it has neither ended nor begun to end. */
    boolean accepts() {
        Thread accepting = Objects.requireNonNull(thread, "not started");
        return accepting.isAlive()
                && Arrays.stream(accepting.getStackTrace())
                        .noneMatch(frame -> frame.getClassName().equals(CLASS)
                                && frame.getMethodName().equals(STOPPING));
    }
}
