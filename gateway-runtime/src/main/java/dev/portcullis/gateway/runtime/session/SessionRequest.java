package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.api.auth.Principal;
import java.util.Objects;
import java.util.Optional;

/**
 * What a request says about its session, as sent: blank counts as absent.
 *
 * @param surface the door it came in by
 * @param channelHeader {@code x-openclaw-message-channel}
 * @param accountHeader {@code x-openclaw-account-id}
 */
public record SessionRequest(
        Principal principal,
        String surface,
        Optional<String> sessionKey,
        Optional<String> agentId,
        Optional<String> channelHeader,
        Optional<String> accountHeader) {
    public SessionRequest {
        Objects.requireNonNull(principal, "principal");
        Objects.requireNonNull(surface, "surface");
        sessionKey = said(sessionKey);
        agentId = said(agentId);
        channelHeader = said(channelHeader);
        accountHeader = said(accountHeader);
    }

    private static Optional<String> said(Optional<String> value) {
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }
}
