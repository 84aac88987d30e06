package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.GatewayServices;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import java.time.Instant;
import java.util.Optional;
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

    private final Execution execution;
    private final Instant deadline;
    private State state = State.RUNNING;
    private @Nullable Thread thread;

    Running(Execution execution, Instant deadline) {
        this.execution = execution;
        this.deadline = deadline;
    }

    synchronized void begin(Thread runner) {
        thread = runner;
        if (state != State.RUNNING) {
            runner.interrupt();
        }
    }

    /** From here on nothing interrupts the thread, which goes on to other work. */
    synchronized void end() {
        thread = null;
        if (state == State.RUNNING) {
            state = State.ENDED;
        }
        // the flag was meant for the tool
        Thread.interrupted();
    }

    void expire() {
        interrupt(State.EXPIRED);
    }

    void cancel() {
        interrupt(State.CANCELLED);
    }

    private synchronized void interrupt(State reason) {
        if (state == State.RUNNING) {
            state = reason;
            if (thread != null) {
                thread.interrupt();
            }
        }
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
        return execution.arguments();
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
    public Instant deadline() {
        return deadline;
    }

    @Override
    public boolean cancelled() {
        State now = state();
        return now == State.EXPIRED || now == State.CANCELLED;
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
