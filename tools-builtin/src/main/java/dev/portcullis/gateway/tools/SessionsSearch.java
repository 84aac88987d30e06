package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices.Match;
import dev.portcullis.gateway.api.plugin.GatewayServices.Sessions;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code sessions_search}: messages that contain every word of a query. */
final class SessionsSearch {
    private static final int MAX_QUERY = 4096;
    private static final long DEFAULT_LIMIT = 10;
    private static final int BEFORE = 80;
    private static final int SNIPPET = 240;

    private SessionsSearch() {}

    static Tool tool() {
        // Not required by the schema: the tool's own text for an empty query serves a missing one, too.
        return Tool.of(
                ToolDescriptor.named("sessions_search")
                        .description("Finds what was said in sessions")
                        .input(InputSchema.object()
                                .optionalString("query", "Required: words that must all occur, at most 4096 characters")
                                .optionalString("sessionKey", "Look at this session only")
                                .optionalInteger("limit", 1, 25, "How many to find, 10 if absent"))
                        .build(),
                SessionsSearch::run);
    }

    private static ToolResult run(ToolInvocation call) {
        String query = call.arguments().optionalString("query").orElse("").strip();
        if (query.isEmpty()) {
            throw new ToolInputException("query must not be empty");
        }
        if (query.length() > MAX_QUERY) {
            throw new ToolInputException("query must not exceed " + MAX_QUERY + " characters");
        }
        Sessions sessions = call.services().sessions();
        Optional<String> key =
                call.arguments().optionalString("sessionKey").map(String::strip).filter(text -> !text.isEmpty());
        key.flatMap(text -> sessions.refusal(text, "search")).ifPresent(refusal -> {
            throw new ToolInputException(refusal);
        });
        int limit =
                call.arguments().optionalInteger("limit").orElse(DEFAULT_LIMIT).intValue();
        return ToolResult.of(Map.of(
                "results",
                sessions.search(query, key, limit).stream()
                        .map(match -> row(match, query))
                        .toList()));
    }

    private static Map<String, Object> row(Match match, String query) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sessionKey", match.session().displayKey());
        match.session().sessionId().ifPresent(id -> row.put("sessionId", id));
        row.put("role", match.message().role());
        row.put("timestamp", match.message().at().toEpochMilli());
        row.put("snippet", snippet(match.message().text(), query));
        return row;
    }

    private static String snippet(String text, String query) {
        String word = query.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        int found = text.toLowerCase(Locale.ROOT).indexOf(word);
        int start = Math.clamp(found - BEFORE, 0, text.length());
        if (start > 0 && start < text.length() && Character.isLowSurrogate(text.charAt(start))) {
            start++;
        }
        String part = text.substring(start);
        return (start > 0 ? "…" : "") + Messages.cut(part, SNIPPET);
    }
}
