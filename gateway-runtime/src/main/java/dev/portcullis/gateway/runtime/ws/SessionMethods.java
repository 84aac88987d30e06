package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.session.SessionStore;
import dev.portcullis.gateway.runtime.session.StoredSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code sessions.list}. */
final class SessionMethods {
    private static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 1_000;
    private static final int LONGEST_MINUTES = 10_000_000;

    /** Includes what other clients send and what means nothing here, such as derived titles. */
    private static final Set<String> NAMES = Set.of(
            "limit",
            "offset",
            "activeMinutes",
            "sortBy",
            "agentId",
            "search",
            "archived",
            "label",
            "spawnedBy",
            "includeGlobal",
            "includeUnknown",
            "includeDerivedTitles",
            "includeLastMessage");

    private final SessionStore store;

    SessionMethods(SessionStore store) {
        this.store = store;
    }

    Map<String, @Nullable Object> list(Request request) {
        Params params = request.params(NAMES);
        int limit = (int) params.number("limit", 1, LARGEST_LIMIT, DEFAULT_LIMIT);
        int offset = (int) params.number("offset", 0, Integer.MAX_VALUE, 0);
        List<StoredSession> found = params.flag("archived").orElse(false)
                ? List.of()
                : store.list().stream().filter(wanted(params)).toList();
        List<StoredSession> sorted = new ArrayList<>(found);
        order(params.text("sortBy")).ifPresent(sorted::sort);
        int end = (int) Math.min(sorted.size(), (long) offset + limit);
        List<Map<String, @Nullable Object>> page = sorted.subList(Math.min(offset, sorted.size()), end).stream()
                .map(SessionMethods::shown)
                .toList();
        boolean more = end < sorted.size();
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("ts", System.currentTimeMillis());
        answer.put("count", (long) page.size());
        answer.put("totalCount", (long) sorted.size());
        answer.put("limitApplied", (long) limit);
        answer.put("nextOffset", more ? (Long) (long) end : null);
        answer.put("hasMore", more);
        answer.put("sessions", page);
        return answer;
    }

    private static Predicate<StoredSession> wanted(Params params) {
        Optional<String> agent = said(params, "agentId");
        Optional<String> label = said(params, "label");
        Optional<String> parent = said(params, "spawnedBy");
        Optional<String> search = said(params, "search").map(text -> text.toLowerCase(Locale.ROOT));
        long minutes = params.number("activeMinutes", 1, LONGEST_MINUTES, 0);
        Instant since = minutes == 0 ? Instant.MIN : Instant.now().minus(Duration.ofMinutes(minutes));
        return session -> agent.map(id -> id.equalsIgnoreCase(session.agentId()))
                        .orElse(true)
                && (label.isEmpty() || label.equals(session.label()))
                && (parent.isEmpty() || parent.equals(session.spawnedBy()))
                && !session.lastActivityAt().isBefore(since)
                && search.map(text -> (session.key() + "\n" + session.label().orElse(""))
                                .toLowerCase(Locale.ROOT)
                                .contains(text))
                        .orElse(true);
    }

    private static Optional<String> said(Params params, String name) {
        return params.text(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The store lists by last activity. */
    private static Optional<Comparator<StoredSession>> order(Optional<String> by) {
        return switch (by.orElse("updated").toLowerCase(Locale.ROOT)) {
            case "updated", "updatedat", "recent" -> Optional.empty();
            case "created", "createdat" ->
                Optional.of(Comparator.comparing(StoredSession::createdAt).reversed());
            case "key", "name" -> Optional.of(Comparator.comparing(StoredSession::key));
            default ->
                throw RpcException.invalid(
                        "invalid sessions.list params: at /sortBy: must be one of updated, created, key");
        };
    }

    private static Map<String, @Nullable Object> shown(StoredSession session) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("key", session.key());
        shown.put("sessionId", session.id());
        shown.put("agentId", session.agentId());
        shown.put("kind", kind(session.key()));
        shown.put("label", session.label().orElse(null));
        shown.put("displayName", session.label().orElse(session.key()));
        shown.put("parentSessionKey", session.parentKey().orElse(null));
        shown.put("spawnedBy", session.spawnedBy().orElse(null));
        shown.put("createdAt", session.createdAt().toEpochMilli());
        shown.put("updatedAt", session.lastActivityAt().toEpochMilli());
        shown.put("messageCount", session.messageCount());
        return shown;
    }

    private static String kind(String key) {
        if (key.equals("global") || key.equals("unknown")) {
            return key;
        }
        return key.contains(":group:") || key.contains(":channel:") ? "group" : "direct";
    }
}
