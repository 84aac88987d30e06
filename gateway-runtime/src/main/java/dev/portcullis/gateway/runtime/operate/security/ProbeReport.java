package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.policy.HttpDenyList;
import dev.portcullis.gateway.runtime.policy.ToolNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a running gateway answered four requests: one that is allowed, one that is blocked, one without a credential, one with a
 * wrong one.
 *
 * @param error why it could not be asked; empty if it could
 */
public record ProbeReport(String url, String error, List<Request> requests) {
    /**
     * One request.
     *
     * @param tool what was asked for
     * @param status 0 if the request was not sent
     * @param note why it was not sent; empty if it was
     */
    public record Request(Kind kind, String tool, int status, String note) {
        public boolean ok() {
            return !note.isEmpty() || status == kind.expected;
        }
    }

    /** What is asked, and the status a safe gateway answers with. */
    public enum Kind {
        ALLOWED("allowed", 200),
        BLOCKED("blocked", 404),
        NO_TOKEN("no-token", 401),
        WRONG_TOKEN("wrong-token", 401);

        private final String word;
        private final int expected;

        Kind(String word, int expected) {
            this.word = word;
            this.expected = expected;
        }

        public String word() {
            return word;
        }

        public int expected() {
            return expected;
        }
    }

    public ProbeReport {
        requests = List.copyOf(requests);
    }

    public boolean ok() {
        return error.isEmpty() && requests.stream().allMatch(Request::ok);
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

    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        if (!error.isEmpty()) {
            found.add(failed(error, "Start the gateway, or correct --url, --port and the credential."));
        }
        for (Request request : requests) {
            if (!request.ok()) {
                found.add(finding(request));
            }
        }
        return found;
    }

    private Finding finding(Request request) {
        String answer = "The gateway at " + url + " answered " + request.status() + " where " + request.kind().expected
                + " is expected (tool " + request.tool() + ").";
        boolean let = request.status() == 200;
        return switch (request.kind()) {
            case ALLOWED -> failed(answer, "See which credential is used, and what \"portcullis tools explain\" says.");
            case BLOCKED ->
                let
                        ? reached(
                                "portcullis.probe.blocked_tool_reached", "gateway.tools", "A blocked tool runs", answer)
                        : failed(answer, "See the log of the gateway.");
            case NO_TOKEN ->
                let
                        ? reached(
                                "portcullis.probe.no_token_accepted", "gateway.auth", "No credential is needed", answer)
                        : failed(answer, "See the log of the gateway.");
            case WRONG_TOKEN ->
                let
                        ? reached(
                                "portcullis.probe.wrong_token_accepted",
                                "gateway.auth",
                                "A wrong credential is accepted",
                                answer)
                        : failed(answer, "See the log of the gateway.");
        };
    }

    private static Finding failed(String detail, String remediation) {
        return new Finding(
                "gateway.probe_failed", Severity.WARN, "", "Probing the gateway failed", detail, remediation);
    }

    private static Finding reached(String id, String key, String title, String detail) {
        return new Finding(
                id,
                Severity.CRITICAL,
                key,
                title,
                detail,
                "Stop the gateway, and see which configuration it was started with.");
    }
}
