package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An invocation while its tool runs: what the tool sees of it, and the switch that interrupts it. */
final class Running implements ToolInvocation {
    /** Where it stands; the last three are final. */
    enum State {
        RUNNING,
        ENDED,
        EXPIRED,
        CANCELLED
    }

    private static final int FRAMES = 12;

    /** Who waits for a carrier is on none, or on another one sooner or later. */
    private static final int SETTLED = 2;

    private static final AtomicIntegerFieldUpdater<Running> STAYING =
            AtomicIntegerFieldUpdater.newUpdater(Running.class, "staying");
    private static final AtomicIntegerFieldUpdater<Running> RELEASED =
            AtomicIntegerFieldUpdater.newUpdater(Running.class, "released");

    private final Execution execution;
    private @Nullable Arguments arguments;
    private final @Nullable Running parent;
    private final Duration limit;
    private final long deadlineNanos;
    /** Of a root: how many are on the books, itself and all that were asked for within it. */
    private volatile int staying = 1;

    private volatile int released;
    private @Nullable Set<Running> children;
    private @Nullable Instant deadline;
    private int busySamples;
    private int settledSamples;
    private String carrier = "";
    private boolean late;
    private long lateSince;
    private boolean runaway;
    private boolean answered;
    private State state = State.RUNNING;
    private boolean withdrawn;
    private @Nullable Thread thread;

    /** @param limit what it has, if its parent has not less */
    Running(Execution execution, @Nullable Running parent, Duration limit) {
        this.execution = execution;
        this.parent = parent;
        this.limit = limit;
        long own = System.nanoTime() + limit.toNanos();
        this.deadlineNanos = parent != null && parent.deadlineNanos - own < 0 ? parent.deadlineNanos : own;
    }

    /** By {@link System#nanoTime}. */
    long deadlineNanos() {
        return deadlineNanos;
    }

    /** What is left until the deadline, in nanoseconds. */
    long left() {
        return deadlineNanos - System.nanoTime();
    }

    /** Whether the tool may run: false if the caller left, or time was up, before it could. */
    synchronized boolean begin(Thread runner) {
        if (state != State.RUNNING) {
            return false;
        }
        thread = runner;
        if (withdrawn) {
            runner.interrupt();
        }
        return true;
    }

    /** What its tool gets. By the thread that runs it, or hands it over. */
    void prepared(Arguments checked) {
        arguments = checked;
    }

    /** Whether its arguments were checked. */
    boolean ready() {
        return arguments != null;
    }

    /** What its tool got; nothing if it did not come to that. */
    Map<String, Object> sent() {
        Arguments known = arguments;
        return known == null ? Map.of() : known.asMap();
    }

    /** The thread goes on to wait for the one that will run the tool: nothing interrupts it any more. */
    void pause() {
        synchronized (this) {
            thread = null;
            // the flag was meant for what was done so far; the state says why
            Thread.interrupted();
        }
        if (parent != null) {
            parent.remind();
        }
    }

    /** From here on nothing interrupts the thread, which goes on to other work. */
    void end() {
        synchronized (this) {
            thread = null;
            if (state == State.RUNNING) {
                state = State.ENDED;
            }
            // the flag was meant for the tool
            Thread.interrupted();
        }
        if (parent != null) {
            parent.remind();
        }
    }

    /** Or for the tool that had asked for it. */
    private synchronized void remind() {
        if (cancelled() && Thread.currentThread().equals(thread)) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes on one that its tool asked for, which is cancelled with it and needs no place of its own; false if the caller's
     * invocation has ended, and its place may be another's.
     */
    boolean adopt(Running child) {
        synchronized (this) {
            if (children == null) {
                children = new HashSet<>();
            }
            children.add(child);
        }
        if (!root().stays()) {
            dismiss(child);
            return false;
        }
        if (state() == State.CANCELLED) {
            child.cancel();
        }
        return true;
    }

    /** One more is on the books of this root, if any is. */
    private boolean stays() {
        int now = staying;
        while (now != 0 && !STAYING.compareAndSet(this, now, now + 1)) {
            now = staying;
        }
        return now != 0;
    }

    /** What the caller asked for. */
    private Running root() {
        Running outermost = this;
        while (outermost.parent != null) {
            outermost = outermost.parent;
        }
        return outermost;
    }

    private synchronized void dismiss(Running child) {
        if (children != null) {
            children.remove(child);
        }
    }

    private synchronized List<Running> children() {
        return children == null ? List.of() : List.copyOf(children);
    }

    /** True once: for whoever takes it off the books. */
    boolean release() {
        if (released != 0 || !RELEASED.compareAndSet(this, 0, 1)) {
            return false;
        }
        if (parent != null) {
            parent.dismiss(this);
        }
        return true;
    }

    /** Said once, by whoever took it off the books; true for the last within the caller's invocation: its place is free. */
    boolean vacates() {
        return STAYING.decrementAndGet(root()) == 0;
    }

    /**
     * Whether it goes on this long after its deadline, itself and not a tool that it asked for, or cannot go on. One thread
     * asks, again and again: grace begins when it is first seen so.
     *
     * @param watched the time of whoever asks, which stands still while nobody looks and nobody can run
     */
    boolean overdue(long now, long watched, Duration grace) {
        if (now - deadlineNanos <= 0 || !children().stream().allMatch(Running::stuck)) {
            late = false;
            return false;
        }
        if (!late) {
            late = true;
            lateSince = watched;
        }
        // what cannot end is given no time to
        return held() || watched - lateSince > grace.toNanos();
    }

    /** Whether one that its tool asked for has its thread, and does not give it back. One thread asks. */
    boolean held() {
        Thread runner = thread();
        return runner != null && children().stream().anyMatch(child -> runner.equals(child.thread()) && child.stuck());
    }

    private boolean stuck() {
        return runaway || held();
    }

    /** It ran away: who asked for it is not excused by it any more. One thread says so. */
    void accused() {
        runaway = true;
    }

    /** Whether somebody answers for it, or did. One thread asks, and says so. */
    boolean answered() {
        return answered;
    }

    void answering() {
        answered = true;
    }

    private synchronized @Nullable Thread thread() {
        return thread;
    }

    /** How often in a row its thread was seen to do something else than wait. One thread asks. */
    int sample() {
        Thread runner = thread();
        String now = "";
        boolean busy = runner != null
                && runner.isVirtual()
                && runner.getState() == Thread.State.RUNNABLE
                && children().stream().noneMatch(child -> runner.equals(child.thread()));
        if (runner != null && busy) {
            now = MountedThreads.carrier(runner);
        }
        busySamples = busy ? busySamples + 1 : 0;
        settledSamples = !now.isEmpty() && now.equals(carrier) ? settledSamples + 1 : 0;
        carrier = now;
        return busySamples;
    }

    /** The thread of its tool, if it was on one and the same carrier the last times that it was sampled. */
    Optional<Thread> settled() {
        return settledSamples >= SETTLED ? Optional.ofNullable(thread()) : Optional.empty();
    }

    /** Where its thread is, for the log: code, never data. */
    String place() {
        Thread runner = thread();
        return runner == null
                ? " its end"
                : Stream.of(runner.getStackTrace())
                        .limit(FRAMES)
                        .map(frame -> "\n\tat " + frame)
                        .collect(Collectors.joining());
    }

    /** Answers for a tool that the end of the gateway does not wait for, and asks it to end. */
    void cutOff() {
        interrupt(State.CANCELLED);
        execution.abandoned().accept(new Outcome.CutOff());
    }

    /** Answers for a tool that does not come back. */
    void abandon() {
        execution
                .abandoned()
                .accept(state() == State.CANCELLED ? new Outcome.Cancelled() : new Outcome.TimedOut(limit));
    }

    Tool toolObject() {
        return execution.tool().tool();
    }

    String provider() {
        return execution.provider();
    }

    void expire() {
        interrupt(State.EXPIRED);
    }

    /** With all that were asked for within it. */
    void cancel() {
        interrupt(State.CANCELLED);
        children().forEach(Running::cancel);
    }

    /** Asks the tool to end; what it answers then still counts. */
    synchronized void withdraw() {
        withdrawn = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private synchronized void interrupt(State reason) {
        if (state == State.RUNNING) {
            state = reason;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private synchronized boolean withdrawn() {
        return withdrawn;
    }

    synchronized State state() {
        return state;
    }

    @Override
    public String id() {
        return execution.id();
    }

    @Override
    public String tool() {
        return execution.toolName();
    }

    @Override
    public Arguments arguments() {
        return Objects.requireNonNull(arguments);
    }

    @Override
    public Principal principal() {
        return execution.context().principal();
    }

    @Override
    public String sessionKey() {
        return execution.context().sessionKey();
    }

    @Override
    public String agentId() {
        return execution.context().agentId();
    }

    @Override
    public Optional<String> channel() {
        return execution.context().channel();
    }

    @Override
    public Optional<String> accountId() {
        return execution.context().accountId();
    }

    @Override
    public Optional<String> messageTo() {
        return execution.delivery().to();
    }

    @Override
    public Optional<String> threadId() {
        return execution.delivery().thread();
    }

    @Override
    public synchronized Instant deadline() {
        // worked out for those who ask
        if (deadline == null) {
            deadline = Instant.now().plusNanos(left());
        }
        return deadline;
    }

    @Override
    public boolean cancelled() {
        State now = state();
        return now == State.EXPIRED || now == State.CANCELLED || withdrawn();
    }

    @Override
    public GatewayServices services() {
        return execution.services();
    }

    @Override
    public String toString() {
        return "ToolInvocation[" + execution.id() + ", " + execution.toolName() + "]";
    }
}
