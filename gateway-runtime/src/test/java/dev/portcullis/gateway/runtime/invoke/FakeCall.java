package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.runtime.auth.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A request that needs no socket. */
final class FakeCall implements InvocationCall, Hangup {
    final List<Outcome> early = new CopyOnWriteArrayList<>();
    private final String tool;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<Runnable> onHangup = new ArrayList<>();
    private Map<String, Object> arguments = Map.of();
    private Optional<String> action = Optional.empty();
    private Runnable whileReading = () -> {};
    private boolean gone;
    boolean bodyRead;

    private FakeCall(String tool) {
        this.tool = tool;
        headers.put("authorization", "Bearer " + TestRoad.TOKEN);
    }

    static FakeCall of(String tool) {
        return new FakeCall(tool);
    }

    FakeCall arguments(Map<String, Object> sent) {
        arguments = sent;
        return this;
    }

    FakeCall action(String sent) {
        action = Optional.of(sent);
        return this;
    }

    FakeCall bearer(String token) {
        headers.put("authorization", "Bearer " + token);
        return this;
    }

    FakeCall without(String header) {
        headers.remove(header);
        return this;
    }

    FakeCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    FakeCall whileReading(Runnable action) {
        whileReading = action;
        return this;
    }

    synchronized FakeCall hangUp() {
        gone = true;
        onHangup.forEach(Runnable::run);
        return this;
    }

    /** How many are told when the caller leaves. */
    synchronized int listening() {
        return onHangup.size();
    }

    @Override
    public String id() {
        return "TEST-1";
    }

    @Override
    public String surface() {
        return "http";
    }

    @Override
    public Headers headers() {
        return new Headers() {
            @Override
            public List<String> all(String name) {
                String value = headers.get(name.toLowerCase(Locale.ROOT));
                return value == null ? List.of() : List.of(value);
            }

            @Override
            public Iterable<String> names() {
                return headers.keySet();
            }
        };
    }

    @Override
    public InvocationRequest read() {
        bodyRead = true;
        whileReading.run();
        return new InvocationRequest(tool, action, arguments, Optional.empty(), Optional.empty());
    }

    @Override
    public void answerEarly(Outcome outcome) {
        early.add(outcome);
    }

    @Override
    public Hangup hangup() {
        return this;
    }

    @Override
    public synchronized void onHangup(Runnable action) {
        if (gone) {
            action.run();
        } else {
            onHangup.add(action);
        }
    }
}
