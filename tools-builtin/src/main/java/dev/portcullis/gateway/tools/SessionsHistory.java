package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices.Message;
import dev.portcullis.gateway.api.plugin.GatewayServices.Session;
import dev.portcullis.gateway.api.plugin.GatewayServices.Sessions;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code sessions_history}: the end of a transcript, bounded in all directions. */
final class SessionsHistory {
    private static final int MAX_BYTES = 80 * 1024;
    private static final int DEFAULT_LIMIT = 200;
    private static final Map<String, Object> NOTHING_PENDING = pending();

    private SessionsHistory() {}

    static Tool tool() {
        return Tool.of(
                ToolDescriptor.named("sessions_history")
                        .description("What was said in a session, oldest first")
                        .input(InputSchema.object()
                                .requiredString("sessionKey", "Which session; main and current are understood")
                                .optionalInteger("limit", 1, 1000, "How many of the last messages, 200 if absent")
                                .optionalInteger("offset", 0, Long.MAX_VALUE, "How many of the newest to leave out")
                                .optionalBoolean("includeTools", "Whether to show what tools said, too"))
                        .build(),
                SessionsHistory::run);
    }

    private static ToolResult run(ToolInvocation call) {
        String key = call.arguments().string("sessionKey").strip();
        if (key.isEmpty()) {
            throw new ToolInputException("sessionKey required");
        }
        Sessions sessions = call.services().sessions();
        Optional<String> refusal = sessions.refusal(key, "history");
        if (refusal.isPresent()) {
            return failure("forbidden", refusal.get());
        }
        return sessions.find(key)
                .map(session -> history(call, sessions, session))
                .orElseGet(() -> failure("error", "No session found: " + key));
    }

    private static ToolResult history(ToolInvocation call, Sessions sessions, Session session) {
        int limit = bounded(call.arguments().optionalInteger("limit").orElse((long) DEFAULT_LIMIT));
        int offset = bounded(call.arguments().optionalInteger("offset").orElse(0L));
        boolean tools = call.arguments().flag("includeTools");
        List<Message> said = sessions.transcript(session.key(), limit, offset).stream()
                .filter(message -> tools || !Messages.ofTool(message))
                .toList();
        List<Map<String, Object>> rows = new ArrayList<>();
        int bytes = 0;
        boolean cut = false;
        for (Message message : said.reversed()) {
            Map<String, Object> row = Messages.row(message);
            int size = JsonSize.of(row) + 1;
            if (bytes + size > MAX_BYTES) {
                break;
            }
            bytes += size;
            cut |= Messages.tooLong(message);
            rows.addFirst(row);
        }
        boolean dropped = rows.size() < said.size();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("sessionKey", session.displayKey());
        result.put("messages", rows);
        result.put("truncated", dropped || cut);
        result.put("droppedMessages", dropped);
        result.put("contentTruncated", cut);
        result.put("contentRedacted", false);
        result.put("bytes", JsonSize.of(rows) + JsonSize.of(NOTHING_PENDING));
        result.put("pendingInputs", NOTHING_PENDING);
        return ToolResult.of(result);
    }

    private static ToolResult failure(String status, String error) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", status);
        result.put("error", error);
        return ToolResult.of(result);
    }

    private static int bounded(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private static Map<String, Object> pending() {
        Map<String, Object> pending = new LinkedHashMap<>();
        pending.put("items", List.of());
        pending.put("total", 0);
        return pending;
    }
}
