package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.audit.AuditReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code audit.activity.list} and {@code logs.tail}: what was written about what happened. */
final class RecordMethods {
    private static final Set<String> AUDIT = Set.of("limit");
    private static final Set<String> LOG = Set.of("cursor", "limit", "maxBytes");
    private static final int MOST_RECORDS = 500;
    private static final int MOST_LINES = 5_000;
    private static final int MOST_BYTES = 1_000_000;

    private final Facts facts;

    RecordMethods(Facts facts) {
        this.facts = facts;
    }

    void addTo(Methods methods) {
        methods.read("audit.activity.list", this::audit).read("logs.tail", this::log);
    }

    private Map<String, @Nullable Object> audit(Request request) {
        Params params = request.params(AUDIT);
        int limit = (int) params.number("limit", 1, MOST_RECORDS, 50);
        Path file = facts.auditFile()
                .orElseThrow(() -> RpcException.unavailable("nothing is recorded: audit.enabled is false", 0));
        List<Map<String, @Nullable Object>> events = new ArrayList<>();
        try {
            new AuditReader(file).last(limit, entry -> true).forEach(entry -> events.add(event(entry)));
        } catch (UncheckedIOException unreadable) {
            throw RpcException.unavailable("the audit log cannot be read: see the gateway's log", 0);
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("events", events);
        return answer;
    }

    private static Map<String, @Nullable Object> event(Map<String, Object> entry) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("id", entry.get("invocation"));
        event.put("ts", millis(entry.get("time")));
        event.put("kind", entry.containsKey("tool") ? "tool_action" : "connection");
        event.put("status", state(String.valueOf(entry.get("outcome"))));
        entry.forEach((name, value) -> {
            if (!name.equals("invocation") && !name.equals("time") && !name.equals("status")) {
                event.put(name, value);
            }
        });
        event.put("httpStatus", entry.get("status"));
        return event;
    }

    private static @Nullable Long millis(@Nullable Object time) {
        try {
            return Instant.parse(String.valueOf(time)).toEpochMilli();
        } catch (DateTimeParseException unknown) {
            return null;
        }
    }

    /** In the words of the ledger of the reference gateway. */
    private static String state(String outcome) {
        return switch (outcome) {
            case "completed", "archive_removed" -> "succeeded";
            case "began" -> "running";
            case "cancelled" -> "cancelled";
            case "timed_out" -> "timed_out";
            case "not_available",
                    "missing_scope",
                    "forbidden",
                    "blocked",
                    "unauthorized",
                    "audit_unavailable",
                    "rate_limited",
                    "proxy_attribution_required" -> "blocked";
            default -> "failed";
        };
    }

    private Map<String, @Nullable Object> log(Request request) {
        Params params = request.params(LOG);
        long cursor = params.number("cursor", 0, Long.MAX_VALUE, -1);
        int lines = (int) params.number("limit", 1, MOST_LINES, 500);
        int bytes = (int) params.number("maxBytes", 1, MOST_BYTES, 250_000);
        Path file = request.snapshot()
                .config()
                .logging()
                .file()
                .orElseThrow(() -> RpcException.unavailable(
                        "the gateway writes its log to standard error only: name a file in logging.file", 0));
        try {
            LogTail tail = LogTail.read(file, cursor, lines, bytes);
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            answer.put("file", file.toString());
            answer.put("cursor", tail.cursor());
            answer.put("size", tail.size());
            answer.put("lines", tail.lines());
            answer.put("truncated", tail.truncated());
            answer.put("reset", tail.reset());
            return answer;
        } catch (IOException unreadable) {
            throw RpcException.unavailable("the log " + file + " cannot be read", 0);
        }
    }
}
