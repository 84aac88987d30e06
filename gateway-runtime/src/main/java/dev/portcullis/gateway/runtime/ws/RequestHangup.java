package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.invoke.Hangup;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of the connection that a request came in by. One for each request: what a tool's invocation registers here leaves
 * memory with its request, however long the connection lives.
 */
final class RequestHangup implements Hangup {
    private final List<Runnable> actions = new ArrayList<>(1);
    private boolean happened;

    void happen() {
        List<Runnable> due;
        synchronized (this) {
            happened = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    @Override
    public void onHangup(Runnable action) {
        synchronized (this) {
            if (!happened) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
