package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices.Session;
import dev.portcullis.gateway.api.plugin.GatewayServices.Sessions;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolInvocation;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.lang.module.ModuleDescriptor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code session_status}: one session on a card. */
final class SessionStatus {
    private SessionStatus() {}

    static Tool tool() {
        return Tool.of(
                ToolDescriptor.named("session_status")
                        .description("How a session stands")
                        .input(InputSchema.object()
                                .optionalString("sessionKey", "Which session; the caller's own (current) if absent")
                                .optionalString(
                                        "model",
                                        "Only default: sessions of this gateway use the model their agent is configured with")
                                .optionalInteger(
                                        "changesSince", 0, Long.MAX_VALUE, "A state version; it is always 0 here"))
                        .build(),
                SessionStatus::run);
    }

    private static ToolResult run(ToolInvocation call) {
        call.arguments()
                .optionalString("model")
                .map(String::strip)
                .filter(model -> !model.isEmpty() && !model.equals("default"))
                .ifPresent(model -> {
                    throw new ToolInputException(
                            "model cannot be changed: sessions of this gateway use the model their agent is configured with");
                });
        Session session = session(call);
        String card = card(session);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("ok", true);
        details.put("sessionKey", session.displayKey());
        details.put("agentId", session.agentId());
        details.put("changedModel", false);
        details.put("stateVersion", 0);
        details.put("statusText", card);
        session.channel().ifPresent(channel -> details.put("origin", Map.of("provider", channel)));
        return ToolResult.builder().text(card).details(details).build();
    }

    private static Session session(ToolInvocation call) {
        Sessions sessions = call.services().sessions();
        Optional<String> key =
                call.arguments().optionalString("sessionKey").map(String::strip).filter(text -> !text.isEmpty());
        if (key.isEmpty()) {
            return sessions.current();
        }
        sessions.refusal(key.get(), "status").ifPresent(refusal -> {
            throw new ToolInputException(refusal);
        });
        return sessions.find(key.get()).orElseThrow(() -> new ToolInputException("No session found: " + key.get()));
    }

    private static String card(Session session) {
        StringBuilder card = new StringBuilder("Portcullis");
        version().ifPresent(version -> card.append(' ').append(version));
        line(card, "Session", session.key());
        line(card, "Agent", session.agentId());
        line(card, "Kind", session.kind());
        session.label().ifPresent(label -> line(card, "Label", label));
        session.channel().ifPresent(channel -> line(card, "Channel", channel));
        session.model().ifPresent(model -> line(card, "Model", model));
        if (session.sessionId().isPresent()) {
            line(card, "Messages", Long.toString(session.messageCount()));
            session.createdAt().ifPresent(at -> line(card, "Created", time(at)));
            session.lastActivityAt().ifPresent(at -> line(card, "Last activity", time(at)));
        } else {
            line(card, "Messages", "nothing is kept of this session");
        }
        line(card, "Time", time(Instant.now()));
        return card.toString();
    }

    private static void line(StringBuilder card, String name, String value) {
        card.append('\n').append(name).append(": ").append(value);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Optional<String> version() {
        ModuleDescriptor descriptor = SessionStatus.class.getModule().getDescriptor();
        return descriptor == null ? Optional.empty() : descriptor.rawVersion();
    }
}
