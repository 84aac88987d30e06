package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices.Session;
import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.ToolInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Which sessions a caller of {@code sessions_list} asks for. */
final class SessionFilter implements Predicate<Session> {
    static final List<String> KINDS = List.of("main", "group", "cron", "hook", "node", "other");

    /** Facts that sessions have elsewhere: nothing here can match them. */
    static final List<String> NOT_KEPT = List.of("ownerId", "creatorId", "projectId", "workspaceDir", "group");

    private static final long MAX_MINUTES = 60L * 24 * 366 * 100;

    private final List<String> kinds;
    private final Optional<Instant> activeSince;
    private final boolean excludeSubagents;
    private final Optional<String> label;
    private final Optional<String> agentId;
    private final Optional<String> search;
    private final boolean none;

    SessionFilter(Arguments arguments) {
        this.kinds = kinds(arguments);
        this.activeSince = arguments
                .optionalInteger("activeMinutes")
                .map(minutes -> Instant.now().minus(Duration.ofMinutes(Math.min(minutes, MAX_MINUTES))));
        this.excludeSubagents = arguments.flag("excludeSubagents");
        this.label = text(arguments, "label");
        this.agentId = text(arguments, "agentId");
        this.search = text(arguments, "search").map(text -> text.toLowerCase(Locale.ROOT));
        this.none = arguments.flag("pinned")
                || arguments.flag("activeOnly")
                || Boolean.TRUE.equals(arguments.asMap().get("archived"))
                || NOT_KEPT.stream().anyMatch(name -> text(arguments, name).isPresent());
    }

    @Override
    public boolean test(Session session) {
        return !none
                && (kinds.isEmpty() || kinds.contains(session.kind()))
                && activeSince
                        .map(since -> session.lastActivityAt()
                                .filter(at -> !at.isBefore(since))
                                .isPresent())
                        .orElse(true)
                && !(excludeSubagents && session.subagent())
                && label.map(text -> session.label().filter(text::equals).isPresent())
                        .orElse(true)
                && agentId.map(id -> id.equalsIgnoreCase(session.agentId())).orElse(true)
                && search.map(text -> contains(session, text)).orElse(true);
    }

    private static boolean contains(Session session, String text) {
        return session.key().toLowerCase(Locale.ROOT).contains(text)
                || session.displayKey().toLowerCase(Locale.ROOT).contains(text)
                || session.label()
                        .filter(label -> label.toLowerCase(Locale.ROOT).contains(text))
                        .isPresent();
    }

    /** A single kind may be sent as a text. */
    private static List<String> kinds(Arguments arguments) {
        List<String> kinds = arguments.asMap().get("kinds") instanceof String one
                ? List.of(one.strip())
                : arguments.strings("kinds");
        for (String kind : kinds) {
            if (!KINDS.contains(kind)) {
                throw new ToolInputException("kinds must be out of " + String.join(", ", KINDS));
            }
        }
        return kinds;
    }

    private static Optional<String> text(Arguments arguments, String name) {
        return arguments.optionalString(name).map(String::strip).filter(text -> !text.isEmpty());
    }
}
