package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a client says it is, and what it wants to be limited to. Properties that are not known here are left alone: a newer
 * client must not be turned away for what it adds.
 *
 * @param scopes empty if the client does not limit itself
 */
record ConnectRequest(
        int minProtocol,
        int maxProtocol,
        Client client,
        String role,
        Optional<Set<Scope>> scopes,
        Optional<String> token,
        Optional<String> password) {
    static final int PROTOCOL = 4;
    static final int OLDEST_OF_PROBES = 3;

    private static final int LONGEST = 128;

    /** The program on the other end, in its own words. */
    record Client(
            String id,
            String version,
            String platform,
            String mode,
            Optional<String> displayName,
            Optional<String> deviceFamily,
            Optional<String> instanceId) {}

    static ConnectRequest of(@Nullable Object sent) {
        Params params = Params.of("invalid connect params", sent);
        Params client = params.requiredObject("client");
        Optional<Params> auth = params.object("auth");
        return new ConnectRequest(
                (int) params.requiredNumber("minProtocol", 1),
                (int) params.requiredNumber("maxProtocol", 1),
                new Client(
                        shown(client.requiredText("id")),
                        shown(client.requiredText("version")),
                        shown(client.requiredText("platform")),
                        shown(client.requiredText("mode")),
                        client.text("displayName").map(ConnectRequest::shown),
                        client.text("deviceFamily").map(ConnectRequest::shown),
                        client.text("instanceId").map(ConnectRequest::shown)),
                params.text("role").orElse("operator"),
                params.texts("scopes").map(names -> Scope.parse(String.join(",", names))),
                auth.flatMap(given -> given.text("token")).filter(text -> !text.isBlank()),
                auth.flatMap(given -> given.text("password")).filter(text -> !text.isBlank()));
    }

    private static String shown(String text) {
        String clean = text.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean;
    }

    boolean probe() {
        return client.mode.equals("probe");
    }

    /** The protocol both sides speak; empty if there is none. */
    Optional<Integer> agreed() {
        int oldest = probe() ? OLDEST_OF_PROBES : PROTOCOL;
        int version = Math.min(maxProtocol, PROTOCOL);
        return version >= oldest && minProtocol <= version ? Optional.of(version) : Optional.empty();
    }

    Optional<String> credential(String mode) {
        return mode.equals("password") ? password.or(() -> token) : token.or(() -> password);
    }

    /** A probe asks what its credential is good for, so it is not limited to what it needs itself. */
    Principal limited(Principal principal) {
        return probe() ? principal : scopes.map(principal::narrowedTo).orElse(principal);
    }

    /** It holds credentials. */
    @Override
    public String toString() {
        return "ConnectRequest[" + client.id + "]";
    }
}
