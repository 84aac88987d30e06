package dev.portcullis.gateway.api.auth;

import java.util.List;
import java.util.Optional;

/**
 * What an authenticator may know of a request: its headers and where it came from, never its body. Implemented by the
 * gateway.
 */
public interface AuthRequest {
    /**
     * The client that the request is attributed to: the peer itself, or what a trusted proxy says of it.
     *
     * @return an IP address literal
     */
    String clientAddress();

    /**
     * The other end of the connection.
     *
     * @return an IP address literal
     */
    String peerAddress();

    /**
     * Whether the request comes straight from this machine: a loopback peer and no sign of a proxy.
     *
     * @return true if it does
     */
    boolean directLocal();

    /**
     * Whether the peer is one of {@code gateway.trustedProxies} and named the client.
     *
     * @return true if so
     */
    boolean viaTrustedProxy();

    /**
     * Whether the peer is one of {@code gateway.trustedProxies}, whether or not it named the client. Headers that speak of
     * an identity may be believed only if this is true.
     *
     * @return true if so
     */
    boolean peerIsTrustedProxy();

    /**
     * The first value of a header.
     *
     * @param name the header's name, in any case
     * @return the value without surrounding white space; empty if absent or blank
     */
    Optional<String> header(String name);

    /**
     * All values of a header. A byte beyond ASCII is the character of that number (ISO 8859-1), here and in
     * {@link #header}: whoever expects UTF-8 decodes those bytes.
     *
     * @param name the header's name, in any case
     * @return the values as sent, in order
     */
    List<String> headers(String name);

    /**
     * The bearer credential: what follows {@code Bearer} (in any case) in the first {@code Authorization} header.
     *
     * @return the credential without surrounding white space; empty if absent, blank, or of another scheme
     */
    Optional<String> bearer();
}
