package dev.portcullis.gateway.runtime.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls into a plugin on a thread that can be given up: its context class loader is the plugin's, its time is limited. */
final class LoadThread {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private LoadThread() {}

    /** A call that did not end in time. */
    static final class LateException extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean abandoned;

        private LateException(String where, boolean abandoned) {
            super(where);
            this.abandoned = abandoned;
        }

        /** Whether the thread did not even end when it was interrupted, and is still in the plugin's code. */
        boolean abandoned() {
            return abandoned;
        }
    }

    /** Calls, and throws whatever the call throws. */
    static <T> T call(String name, ClassLoader context, Duration limit, Callable<T> call) throws Throwable {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = Thread.ofPlatform()
                .daemon()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(task);
        thread.setContextClassLoader(context);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (TimeoutException e) {
            StackTraceElement[] stack = thread.getStackTrace();
            thread.interrupt();
            boolean ended = thread.join(GRACE);
            throw new LateException(stack.length == 0 ? "" : " at " + stack[0], !ended);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw e;
        }
    }
}
