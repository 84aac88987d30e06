package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.operate.OperatorAnswer.Status;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.NewSession;
import dev.portcullis.gateway.runtime.session.SessionRequest;
import dev.portcullis.gateway.runtime.session.SessionStore;
import dev.portcullis.gateway.runtime.session.StoredSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sessions that are kept, and how an operator makes one. */
final class SessionViews {
    private static final int LONGEST_LABEL = 256;

    private final SessionStore store;

    SessionViews(SessionStore store) {
        this.store = store;
    }

    OperatorAnswer list() {
        List<Map<String, @Nullable Object>> sessions =
                store.list().stream().map(SessionViews::shown).toList();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("count", (long) sessions.size());
        body.put("sessions", sessions);
        return OperatorAnswer.ok(body);
    }

    OperatorAnswer create(OperatorRequest request, OperatorSnapshot snapshot) {
        String key = request.text("key")
                .orElseThrow(() -> new InvalidRequestException("\"key\" is missing: the session needs a key"));
        Optional<String> label = request.text("label");
        label.filter(text -> text.length() > LONGEST_LABEL).ifPresent(text -> {
            throw new InvalidRequestException("\"label\" is longer than " + LONGEST_LABEL + " characters");
        });
        Optional<StoredSession> parent = request.text("parent").map(sent -> parent(sent, request, snapshot));
        InvocationContext context = resolve(key, request, snapshot);
        Optional<StoredSession> existing = store.find(context.sessionKey());
        NewSession session = NewSession.of(context.sessionKey(), context.agentId());
        if (label.isPresent()) {
            session = session.labelled(label.get());
        }
        if (parent.isPresent()) {
            session = session.below(parent.get().key());
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("created", existing.isEmpty());
        body.put("session", shown(existing.isPresent() ? existing.get() : store.create(session)));
        return new OperatorAnswer(existing.isPresent() ? Status.OK : Status.CREATED, body);
    }

    private StoredSession parent(String sent, OperatorRequest request, OperatorSnapshot snapshot) {
        return store.find(resolve(sent, request, snapshot).sessionKey())
                .orElseThrow(() -> new InvalidRequestException("There is no session \"" + sent
                        + "\" that could be the parent: create it first, or leave \"parent\" out"));
    }

    private static InvocationContext resolve(String key, OperatorRequest request, OperatorSnapshot snapshot) {
        return snapshot.sessions()
                .resolve(new SessionRequest(
                        request.principal(),
                        InvocationContext.HTTP,
                        Optional.of(key),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Map<String, @Nullable Object> shown(StoredSession session) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("key", session.key());
        shown.put("agentId", session.agentId());
        shown.put("label", session.label().orElse(null));
        shown.put("parentKey", session.parentKey().orElse(null));
        shown.put("createdAt", session.createdAt().toString());
        shown.put("lastActivityAt", session.lastActivityAt().toString());
        shown.put("messageCount", session.messageCount());
        return shown;
    }
}
