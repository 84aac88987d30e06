package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.ToolAuthorizationException;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.catalog.CheckInterruptedException;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import dev.portcullis.gateway.runtime.telemetry.CallArguments;
import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tools, and is the only one to: with a deadline, a bound on how many run at once and how much they give back, and an
 * ear for callers who hang up.
 */
public final class ToolExecutor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ToolExecutor.class.getName());

    /** A tool on a thread of its own may still answer when it is interrupted. */
    private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(50);

    /** For callers who do not take their answer when the gateway stops. */
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final AtomicInteger running = new AtomicInteger();
    private final ActiveRuns active = new ActiveRuns();
    private final Deadlines deadlines = new Deadlines();
    private final ExecutorService platformThreads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform()
            .name("tool-", 0)
            .daemon(true)
            .inheritInheritableThreadLocals(false)
            .factory());
    private volatile boolean stopped;
    private final Watchdog watchdog = new Watchdog(active, platformThreads);

    public ToolExecutor() {
        this.deadlines.start();
        this.watchdog.start();
    }

    /** What the watchdog sees, for operators. */
    public WatchReport report() {
        return watchdog.report();
    }

    /** Whether any of the tools runs. */
    public boolean runs(Collection<CatalogTool> tools) {
        return !tools.isEmpty() && !active.of(tools).isEmpty();
    }

    /** Interrupts what still runs of tools that are about to be closed; how it ends is up to them. */
    public void interrupt(Collection<CatalogTool> tools) {
        for (Running run : active.of(tools)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "Invocation " + run.id() + ": tool " + run.tool() + " of provider " + run.provider()
                            + " is interrupted, because its plugin was replaced or removed and"
                            + " plugins.drainTimeoutMs is over.");
            run.withdraw();
        }
    }

    /** Says what runs although it was interrupted; its plugin is closed under it. */
    public void reportRunning(Collection<CatalogTool> tools) {
        for (Running run : active.of(tools)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "Invocation " + run.id() + ": tool " + run.tool() + " of provider " + run.provider()
                            + " goes on although it was interrupted. Its plugin is closed all the same, and its classes"
                            + " stay in memory until the tool ends. A tool must end when it is interrupted, or look at"
                            + " ToolInvocation.cancelled(). It is at:" + run.place());
        }
    }

    /** Answers for and records what still runs, interrupts it, and runs nothing any more. */
    public void cutOff() {
        stopped = true;
        List<Future<?>> answers = new ArrayList<>();
        // beside each other: a caller that takes no answer must not keep the others from theirs, and from their records
        for (Running run : active.all()) {
            try {
                answers.add(platformThreads.submit(() -> cutOff(run)));
            } catch (OutOfMemoryError noThread) {
                cutOff(run);
            }
        }
        long until = System.nanoTime() + LONGEST_END.toNanos();
        try {
            for (Future<?> answer : answers) {
                answer.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException taken) {
            // its record was written first
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("The executor itself failed", fault.getCause());
        }
    }

    private static void cutOff(Running run) {
        try {
            run.cutOff();
        } catch (RuntimeException | Error fault) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "Invocation " + run.id() + " cannot be answered while the gateway stops",
                    fault);
        }
    }

    /** Callers whose tools have not given back their threads. */
    public int occupied() {
        return running.get();
    }

    Outcome execute(Execution execution, Hangup hangup) {
        InvokeConfig limits = execution.snapshot().config().invoke();
        watchdog.configure(limits.watchdog());
        if (active.refuses(execution.tool().tool())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "Invocation " + execution.id() + ": tool " + execution.toolName() + " of provider "
                            + execution.provider()
                            + " is refused, because earlier invocations of it run on after their deadline.");
            return new Outcome.RanAway();
        }
        if (!execution.tool().open().getAsBoolean()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "Invocation " + execution.id() + ": tool " + execution.toolName() + " of provider "
                            + execution.provider()
                            + " is not run, and its caller gets 500: its plugin was replaced or removed after this request"
                            + " had begun, and closed when plugins.drainTimeoutMs was over. The same call made now finds"
                            + " what serves.");
            return new Outcome.ToolFailed();
        }
        Tenure asked = execution.parent();
        Running parent = asked == null ? null : asked.run();
        Duration limit = limit(execution, limits);
        Running run = new Running(execution, parent, limit);
        // a tool that asked for another one has its place already
        if (parent != null) {
            if (!parent.adopt(run)) {
                return new Outcome.Cancelled();
            }
        } else if (running.incrementAndGet() > limits.maxConcurrent()) {
            running.decrementAndGet();
            return new Outcome.Overloaded();
        }
        return bounded(execution, run, limits, limit, hangup);
    }

    private Outcome bounded(Execution execution, Running run, InvokeConfig limits, Duration limit, Hangup hangup) {
        boolean elsewhere = false;
        try {
            active.add(run);
            // asked only now: whoever stops the gateway either finds this run or is seen here
            if (stopped) {
                return new Outcome.Draining();
            }
            execution.tenure().begin(run);
            hangup.onHangup(run::cancel);
            deadlines.add(run);
            if (execution.tool().platformThread()) {
                Outcome stopped = prepared(execution, run, limit);
                if (stopped != null) {
                    return stopped;
                }
                Correlation caller = Correlation.current();
                Future<Outcome> future = platformThreads.submit(() -> {
                    try {
                        Correlation.enter(caller);
                        return inline(execution, run, limits, limit, true);
                    } finally {
                        release(run);
                    }
                });
                elsewhere = true;
                return awaited(future, run, limit);
            }
            return inline(execution, run, limits, limit, false);
        } finally {
            deadlines.remove(run);
            // one that goes on elsewhere keeps its place
            if (!elsewhere) {
                release(run);
            }
        }
    }

    private void release(Running run) {
        if (run.release()) {
            if (run.vacates()) {
                running.decrementAndGet();
            }
            active.remove(run);
        }
    }

    private static Duration limit(Execution execution, InvokeConfig limits) {
        Duration configured = limits.timeouts().get(execution.toolName());
        return configured != null
                ? configured
                : execution.tool().description().timeout().orElse(limits.timeout());
    }

    private static Outcome awaited(Future<Outcome> future, Running run, Duration limit) {
        try {
            return future.get(Math.max(0, run.left()) + HEAD_START, TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            run.expire();
            return run.state() == Running.State.CANCELLED ? new Outcome.Cancelled() : new Outcome.TimedOut(limit);
        } catch (InterruptedException stopping) {
            interrupted(run);
            Thread.currentThread().interrupt();
            return run.state() == Running.State.EXPIRED ? new Outcome.TimedOut(limit) : new Outcome.Cancelled();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("The executor itself failed", fault.getCause());
        }
    }

    /** On the thread of the request, before the tool gets another one; null if it may run. */
    private static @Nullable Outcome prepared(Execution execution, Running run, Duration limit) {
        Outcome stopped = new Outcome.ToolFailed();
        if (run.begin(Thread.currentThread())) {
            boolean ready = false;
            try {
                stopped = prepare(execution, run);
                ready = stopped == null;
            } finally {
                if (ready) {
                    run.pause();
                } else {
                    run.end();
                }
            }
        }
        return stopped == null ? null : ended(execution, run, limit, stopped);
    }

    /** Null if the tool may run. */
    private static @Nullable Outcome prepare(Execution execution, Running run) {
        try {
            run.prepared(execution.preparation().prepare());
            return null;
        } catch (Stop stop) {
            return stop.outcome();
        } catch (CheckInterruptedException interrupted) {
            // the state says why, also if the interrupt was meant for the tool that asked for it
            interrupted(run);
            return new Outcome.ToolFailed();
        }
    }

    private static Outcome inline(
            Execution execution, Running run, InvokeConfig limits, Duration limit, boolean prepared) {
        Outcome outcome = new Outcome.ToolFailed();
        if (run.begin(Thread.currentThread())) {
            try {
                Outcome stopped = prepared ? null : prepare(execution, run);
                outcome = stopped == null ? invoked(execution, run, limits) : stopped;
            } finally {
                run.end();
            }
        }
        return ended(execution, run, limit, outcome);
    }

    private static Outcome invoked(Execution execution, Running run, InvokeConfig limits) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        CallArguments outer = CallArguments.enter(run.sent());
        try {
            thread.setContextClassLoader(execution.tool().loader());
            return judged(execution, invoke(execution.tool(), run), limits);
        } catch (ToolInputException refused) {
            return new Outcome.InvalidArguments(message(refused, "invalid tool arguments"));
        } catch (ToolAuthorizationException refused) {
            return new Outcome.Forbidden(message(refused, "not authorized"));
        } catch (Throwable fault) {
            if (run.left() <= 0) {
                // late, whether the deadline or the fault is noticed first: what it asked for may be late for the same
                // reason
                run.expire();
                return new Outcome.ToolFailed();
            }
            return failed(execution, run, fault);
        } finally {
            CallArguments.leave(outer);
            thread.setContextClassLoader(before);
        }
    }

    private static void interrupted(Running run) {
        if (run.left() > 0) {
            run.cancel();
        } else {
            // the tool that asked for it is late too, and was told first
            run.expire();
        }
    }

    private static Outcome ended(Execution execution, Running run, Duration limit, Outcome outcome) {
        return switch (run.state()) {
            case EXPIRED -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "Invocation " + execution.id() + ": "
                                + (run.ready() ? "" : "checking the arguments of ") + "tool " + execution.toolName()
                                + " of provider " + execution.provider() + " did not end within " + limit.toMillis()
                                + " ms; its result is discarded. gateway.invoke.timeouts." + execution.toolName()
                                + " gives it more time.");
                yield new Outcome.TimedOut(limit);
            }
            case CANCELLED -> new Outcome.Cancelled();
            case RUNNING, ENDED -> outcome;
        };
    }

    private static ToolResult invoke(CatalogTool tool, Running run) throws Exception {
        return tool.tool().invoke(run);
    }

    /** A plugin may break its contract and return null. */
    @SuppressWarnings("ConstantValue")
    private static Outcome judged(Execution execution, ToolResult result, InvokeConfig limits) {
        if (result == null) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "Invocation " + execution.id() + ": tool " + execution.toolName() + " of provider "
                            + execution.provider()
                            + " returned null, which Tool.invoke must not. It should return ToolResult.none(): tell its"
                            + " author.");
            return new Outcome.ToolFailed();
        }
        long size = ResultSize.of(result, limits.maxResultBytes());
        if (size < 0) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "Invocation " + execution.id() + ": the result of tool " + execution.toolName()
                            + " of provider " + execution.provider() + " is larger than gateway.invoke.maxResultBytes ("
                            + limits.maxResultBytes()
                            + "). Raise the limit, or ask the tool for less.");
            return new Outcome.ToolFailed();
        }
        return new Outcome.Completed(result, size);
    }

    private static Outcome failed(Execution execution, Running run, Throwable fault) {
        if (run.state() == Running.State.RUNNING) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "Invocation " + execution.id() + ": tool " + execution.toolName() + " of provider "
                            + execution.provider() + " failed, and its caller got 500 without the reason. "
                            + FaultText.meaning(execution, run.sent(), fault) + "\n"
                            + FaultText.of(fault, run.sent()));
        }
        return new Outcome.ToolFailed();
    }

    /** Characters of a message that a caller is shown: a result is bounded, and so is what takes its place. */
    static final int LONGEST_MESSAGE = 8_192;

    /** Its message is for the caller, if it can be had: an exception is plugin code too. */
    private static String message(Exception refused, String otherwise) {
        try {
            String message = refused.getMessage();
            if (message == null || message.isBlank()) {
                return otherwise;
            }
            return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
        } catch (Throwable fault) {
            return otherwise;
        }
    }

    @Override
    public void close() {
        watchdog.close();
        deadlines.close();
        platformThreads.shutdownNow();
    }
}
