package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import java.time.Instant;
import java.util.Optional;

/** What tools see of sessions, messages and agents. */
final class SessionViews {
    private SessionViews() {}

    record SessionView(
            String key,
            String displayKey,
            Optional<String> sessionId,
            String agentId,
            String kind,
            boolean subagent,
            Optional<String> channel,
            Optional<String> label,
            Optional<String> parentKey,
            Optional<String> model,
            Optional<Instant> createdAt,
            Optional<Instant> lastActivityAt,
            long messageCount)
            implements GatewayServices.Session {}

    record MessageView(String role, String text, Instant at) implements GatewayServices.Message {
        static GatewayServices.Message of(TranscriptMessage message) {
            return new MessageView(message.role(), message.text(), message.at());
        }

        /** What was said is nobody's business. */
        @Override
        public String toString() {
            return "Message[" + role + "]";
        }
    }

    record MatchView(GatewayServices.Session session, GatewayServices.Message message)
            implements GatewayServices.Match {}

    record AgentView(String id, Optional<String> name, Optional<String> model, boolean configured)
            implements GatewayServices.Agent {}
}
