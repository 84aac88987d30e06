package dev.portcullis.gateway.api.auth;

/**
 * Decides who sent a request. Called concurrently, on the virtual thread of the request, before the body is read; blocking
 * is fine. The gateway alone owns rate limits, lockouts and delays: an authenticator answers as fast as it can, and in a time
 * that does not depend on how much of a credential was right.
 */
@FunctionalInterface
public interface Authenticator {
    /**
     * Authenticates one request.
     *
     * @param request where it came from and which credentials it carries; not valid after this method returned
     * @return authenticated or rejected, which end the chain, or abstained, which leaves it to the next provider; when all
     *     abstain the answer is 401
     * @throws Exception is answered with 500; an exception or a null never admits anybody
     */
    AuthResult authenticate(AuthRequest request) throws Exception;
}
