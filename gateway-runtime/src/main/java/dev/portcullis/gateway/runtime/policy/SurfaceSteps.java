package dev.portcullis.gateway.runtime.policy;

import java.util.Optional;
import java.util.Set;

/** Tools that a door or a kind of session does not have, before any rule is asked. */
final class SurfaceSteps {
    /** How the request says its answer travels on. */
    enum Transport {
        PLAIN,
        NODE,
        VOICE;

        static Transport of(Optional<String> channelHint) {
            return switch (channelHint.orElse("")) {
                case "node" -> NODE;
                case "voice", "discord-voice" -> VOICE;
                default -> PLAIN;
            };
        }
    }

    private static final String TRANSPORT = "transport";
    private static final String SESSION = "kind of session";
    private static final String OTHER_CHANNEL = "call without this x-openclaw-message-channel header";
    private static final String OTHER_SESSION = "call in another session";

    private static final Set<String> FOR_NODES =
            Set.of("canvas", "pdf", "tts", "view_image", "web_fetch", "web_search");

    private SurfaceSteps() {}

    static Step transport(Transport transport) {
        return switch (transport) {
            case PLAIN -> new IdleStep(TRANSPORT, "every tool fits the channel");
            case NODE -> new RemovalStep(TRANSPORT, FOR_NODES, true, "nodes get few tools", OTHER_CHANNEL);
            case VOICE ->
                new RemovalStep(TRANSPORT, Set.of("tts"), false, "a voice channel speaks by itself", OTHER_CHANNEL);
        };
    }

    static Step session(SessionKind kind) {
        return switch (kind) {
            case SUBAGENT, ACP ->
                new RemovalStep(
                        SESSION, Set.of("secrets", "ask_user"), false, "nobody is there to be asked", OTHER_SESSION);
            case CRON ->
                new RemovalStep(
                        SESSION, Set.of("sessions_yield"), false, "a cron job has no turn to yield", OTHER_SESSION);
            case PLAIN, DASHBOARD -> new IdleStep(SESSION, "an ordinary session");
        };
    }
}
