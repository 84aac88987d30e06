package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.tool.ToolAuthorizationException;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.config.InvokeConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tools, and is the only one to: with a deadline, a bound on how many run at once and how much they give back, and an
 * ear for callers who hang up.
 */
public final class ToolExecutor implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ToolExecutor.class.getName());

    private final AtomicInteger running = new AtomicInteger();
    private final ScheduledThreadPoolExecutor deadlines;
    private final ExecutorService platformThreads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("tool-", 0).daemon(true).factory());

    public ToolExecutor() {
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("deadlines").daemon(true).factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    /** How many invocations run now. */
    public int running() {
        return running.get();
    }

    Outcome execute(Execution execution, Hangup hangup) {
        InvokeConfig limits = execution.snapshot().config().invoke();
        if (running.incrementAndGet() > limits.maxConcurrent()) {
            running.decrementAndGet();
            return new Outcome.Overloaded();
        }
        try {
            return bounded(execution, limits, hangup);
        } finally {
            running.decrementAndGet();
        }
    }

    private Outcome bounded(Execution execution, InvokeConfig limits, Hangup hangup) {
        Duration limit = limit(execution, limits);
        Running run = new Running(execution, Instant.now().plus(limit));
        hangup.onHangup(run::cancel);
        if (hangup.happened()) {
            return new Outcome.Cancelled();
        }
        ScheduledFuture<?> deadline = deadlines.schedule(run::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return execution.tool().platformThread()
                    ? onPlatformThread(execution, run, limits, limit)
                    : inline(execution, run, limits, limit);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Duration limit(Execution execution, InvokeConfig limits) {
        Duration configured = limits.timeouts().get(execution.toolName());
        return configured != null
                ? configured
                : execution.tool().description().timeout().orElse(limits.timeout());
    }

    private Outcome onPlatformThread(Execution execution, Running run, InvokeConfig limits, Duration limit) {
        Future<Outcome> future = platformThreads.submit(() -> inline(execution, run, limits, limit));
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            run.expire();
            return new Outcome.TimedOut(limit);
        } catch (InterruptedException hungUp) {
            run.cancel();
            return new Outcome.Cancelled();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("The executor itself failed", fault.getCause());
        }
    }

    private static Outcome inline(Execution execution, Running run, InvokeConfig limits, Duration limit) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(execution.tool().loader());
        Outcome outcome;
        run.begin(thread);
        try {
            outcome = judged(execution, invoke(execution.tool(), run), limits);
        } catch (ToolInputException refused) {
            outcome = new Outcome.InvalidArguments(orElse(refused.getMessage(), "invalid tool arguments"));
        } catch (ToolAuthorizationException refused) {
            outcome = new Outcome.Forbidden(orElse(refused.getMessage(), "not authorized"));
        } catch (Throwable fault) {
            outcome = failed(execution, run, fault);
        } finally {
            run.end();
            thread.setContextClassLoader(before);
        }
        return switch (run.state()) {
            case EXPIRED -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "Invocation " + execution.id() + ": tool " + execution.toolName()
                                + " did not end within " + limit.toMillis()
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
                            + execution.tool().description().provider()
                            + " returned null, which Tool.invoke must not. It should return ToolResult.none().");
            return new Outcome.ToolFailed();
        }
        if (!ResultSize.fits(result, limits.maxResultBytes())) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "Invocation " + execution.id() + ": the result of tool " + execution.toolName()
                            + " is larger than gateway.invoke.maxResultBytes (" + limits.maxResultBytes()
                            + "). Raise the limit, or ask the tool for less.");
            return new Outcome.ToolFailed();
        }
        return new Outcome.Completed(result);
    }

    private static Outcome failed(Execution execution, Running run, Throwable fault) {
        if (run.state() == Running.State.RUNNING) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "Invocation " + execution.id() + ": tool " + execution.toolName() + " of provider "
                            + execution.tool().description().provider() + " failed: "
                            + FaultText.of(fault, execution.arguments().asMap()));
        }
        return new Outcome.ToolFailed();
    }

    private static String orElse(@org.jspecify.annotations.Nullable String message, String otherwise) {
        return message == null || message.isBlank() ? otherwise : message;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        platformThreads.shutdownNow();
    }
}
