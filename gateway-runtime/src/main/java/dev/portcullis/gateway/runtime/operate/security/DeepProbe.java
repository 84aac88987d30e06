package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.policy.HttpDenyList;
import dev.portcullis.gateway.runtime.policy.ToolNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a running gateway answered: over WebSocket, and to four requests over HTTP, of which one is allowed, one is blocked, one
 * has no credential and one a wrong one.
 */
public record DeepProbe(Socket socket, Http http) {
    /**
     * What came of connecting as an operator and reading the state.
     *
     * @param error why it did not work; empty if it did
     * @param close how the gateway hung up, if it did
     */
    public record Socket(String url, String error, Optional<Close> close) {}

    public record Close(int code, String reason) {}

    /**
     * What came of the requests.
     *
     * @param error why they could not be sent; empty if they were
     */
    public record Http(String url, String error, List<Request> requests) {
        public Http {
            requests = List.copyOf(requests);
        }
    }

    /**
     * One request.
     *
     * @param tool what was asked for
     * @param status 0 if the request was not sent
     * @param note why it was not sent; empty if it was
     */
    public record Request(Kind kind, String tool, int status, String note) {
        public boolean ok() {
            return !note.isEmpty() || status == kind.expected || (kind.stranger && REFUSED.contains(status));
        }

        /** The gateway went on to look for the tool, or ran it, although it should have stopped before. */
        boolean reached() {
            return note.isEmpty()
                    && (kind.stranger ? status == 200 || status == 404 : kind == Kind.BLOCKED && status == 200);
        }
    }

    /** What is asked, and the status a safe gateway answers with. */
    public enum Kind {
        ALLOWED("allowed", 200, false),
        BLOCKED("blocked", 404, false),
        NO_TOKEN("no-token", 401, true),
        WRONG_TOKEN("wrong-token", 401, true);

        private final String word;
        private final int expected;
        private final boolean stranger;

        Kind(String word, int expected, boolean stranger) {
            this.word = word;
            this.expected = expected;
            this.stranger = stranger;
        }

        public String word() {
            return word;
        }

        public int expected() {
            return expected;
        }
    }

    /** Other answers than 401 to somebody who is not let in: no way through a proxy, and too many attempts. */
    private static final Set<Integer> REFUSED = Set.of(401, 403, 429);

    /** What did not go as it should, in the order of asking; empty if all did. */
    List<String> problems() {
        List<String> problems = new java.util.ArrayList<>();
        boolean same = socket.error.equals(http.error);
        if (!socket.error.isEmpty()) {
            problems.add(socket.url + ": " + socket.error);
        }
        if (!http.error.isEmpty() && !same) {
            problems.add(http.url + ": " + http.error);
        }
        http.requests.stream()
                .filter(request -> !request.ok())
                .map(this::answer)
                .forEach(problems::add);
        return problems;
    }

    /** The requests of a kind that came further than they should. */
    List<String> reached(Kind kind) {
        return http.requests.stream()
                .filter(request -> request.kind == kind && request.reached())
                .map(this::answer)
                .toList();
    }

    /** Whether something is wrong that no more specific finding is about. */
    boolean failed() {
        return !socket.error.isEmpty()
                || !http.error.isEmpty()
                || http.requests.stream().anyMatch(request -> !request.ok() && !request.reached());
    }

    private String answer(Request request) {
        return http.url + ": the request \"" + request.kind.word + "\" (tool " + request.tool + ") was answered with "
                + request.status + ", and " + request.kind.expected + " is expected";
    }

    /** Whether this configuration asks for no credential, so that letting strangers in is what it says. */
    public static boolean letsEverybodyIn(AuditSubject subject) {
        return new Examined(subject, Optional.empty()).open();
    }

    /** A tool that the HTTP deny list hides, and this configuration does not lift. */
    public static String blockedTool(AuditSubject subject) {
        Set<String> lifted = new Settings(subject.root())
                .texts("gateway.tools.allow").stream().map(ToolNames::normalise).collect(Collectors.toSet());
        return HttpDenyList.shipped().keySet().stream()
                .filter(tool -> !lifted.contains(tool))
                .findFirst()
                .orElse("exec");
    }
}
