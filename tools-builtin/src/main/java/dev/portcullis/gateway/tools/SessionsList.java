package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices.Session;
import dev.portcullis.gateway.api.plugin.GatewayServices.Sessions;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code sessions_list}: the visible sessions that are kept, last active first. */
final class SessionsList {
    private static final long DEFAULT_LIMIT = 100;
    private static final int MAX_MESSAGES = 20;
    private static final int TITLE_WITHIN = 200;

    private SessionsList() {}

    static Tool tool() {
        return Tool.of(
                ToolDescriptor.named("sessions_list")
                        .description("Sessions that the caller may see, last active first")
                        .input(input())
                        .build(),
                SessionsList::run);
    }

    private static InputSchema input() {
        InputSchema schema = InputSchema.object()
                .property("kinds", kinds(), false)
                .optionalInteger("limit", 1, Long.MAX_VALUE, "How many, 100 if absent")
                .optionalInteger("offset", 0, Long.MAX_VALUE, "How many to leave out")
                .optionalInteger("activeMinutes", 1, Long.MAX_VALUE, "Only those used in the last minutes")
                .optionalInteger("messageLimit", 0, Long.MAX_VALUE, "How many last messages of each, at most 20")
                .optionalBoolean("excludeSubagents", "Without those of subagents")
                .optionalBoolean("includeDerivedTitles", "With a title out of the first message")
                .optionalBoolean("includeLastMessage", "With the beginning of the last message")
                .optionalString("label", "Only those of this label")
                .optionalString("agentId", "Only those of this agent")
                .optionalString("search", "Only those whose key or label contains this")
                .optionalBoolean("pinned", "true: none, no session is pinned here")
                .optionalBoolean("activeOnly", "true: none, no agent runs here")
                .property("archived", archived(), false);
        for (String absent : SessionFilter.NOT_KEPT) {
            schema = schema.optionalString(absent, "Finds none: sessions here have no such fact");
        }
        return schema;
    }

    private static Map<String, Object> kinds() {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("type", "string");
        items.put("enum", SessionFilter.KINDS);
        Map<String, Object> kinds = new LinkedHashMap<>();
        kinds.put("type", List.of("array", "string"));
        kinds.put("items", items);
        kinds.put("description", "Only these kinds");
        return kinds;
    }

    private static Map<String, Object> archived() {
        Map<String, Object> archived = new LinkedHashMap<>();
        archived.put("enum", List.of(true, false, "all"));
        archived.put("description", "true: none, no session is archived here");
        return archived;
    }

    private static ToolResult run(ToolInvocation call) {
        Arguments arguments = call.arguments();
        Sessions sessions = call.services().sessions();
        SessionFilter filter = new SessionFilter(arguments);
        List<Session> found = sessions.list().stream().filter(filter).toList();
        long limit = arguments.optionalInteger("limit").orElse(DEFAULT_LIMIT);
        long offset = Math.min(arguments.optionalInteger("offset").orElse(0L), found.size());
        List<Map<String, Object>> rows = found.stream()
                .skip(offset)
                .limit(limit)
                .map(session -> row(session, sessions, arguments))
                .toList();
        long next = offset + rows.size();

        Map<String, Object> result = new LinkedHashMap<>();
        result.put("count", rows.size());
        result.put("sessions", rows);
        result.put("hasMore", next < found.size());
        if (next < found.size()) {
            result.put("nextOffset", next);
        }
        result.put("limitApplied", limit);
        sessions.visibility().warning().ifPresent(warning -> {
            Map<String, Object> visibility = new LinkedHashMap<>();
            visibility.put("mode", sessions.visibility().mode());
            visibility.put("restricted", true);
            visibility.put("warning", warning);
            result.put("visibility", visibility);
        });
        return ToolResult.of(result);
    }

    private static Map<String, Object> row(Session session, Sessions sessions, Arguments arguments) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", session.displayKey());
        session.sessionId().ifPresent(id -> row.put("sessionId", id));
        row.put("agentId", session.agentId());
        row.put("kind", session.kind());
        row.put("channel", session.channel().orElse("unknown"));
        row.put("archived", false);
        row.put("pinned", false);
        session.label().ifPresent(label -> row.put("label", label));
        session.label().ifPresent(label -> row.put("displayName", label));
        if (arguments.flag("includeDerivedTitles")) {
            sessions.transcript(session.key(), TITLE_WITHIN).stream()
                    .filter(message -> message.role().equals("user"))
                    .findFirst()
                    .ifPresent(first -> row.put("derivedTitle", Messages.preview(first.text())));
        }
        if (arguments.flag("includeLastMessage")) {
            sessions.transcript(session.key(), 1)
                    .forEach(last -> row.put("lastMessagePreview", Messages.preview(last.text())));
        }
        session.parentKey().ifPresent(parent -> row.put("parentSessionKey", parent));
        session.lastActivityAt().ifPresent(at -> row.put("updatedAt", at.toEpochMilli()));
        session.model().ifPresent(model -> row.put("model", model));
        int messages = (int) Math.min(arguments.optionalInteger("messageLimit").orElse(0L), MAX_MESSAGES);
        if (messages > 0) {
            row.put(
                    "messages",
                    sessions.transcript(session.key(), messages).stream()
                            .filter(message -> !Messages.ofTool(message))
                            .map(Messages::row)
                            .toList());
        }
        return row;
    }
}
