package dev.portcullis.gateway.runtime.cli;

/**
 * Why a recorded request ended as it did.
 *
 * @param step of the road that ended it
 * @param change what would have to change; empty if nothing has to
 */
record AuditReason(String step, String reason, String change) {
    static AuditReason of(Fields entry) {
        if (entry.text("surface").equals("audit")) {
            return new AuditReason("audit", entry.text("reason"), "");
        }
        if (entry.has("reason")) {
            return new AuditReason(entry.text("label"), entry.text("reason"), entry.text("change"));
        }
        if (entry.has("authFailure")) {
            return notAdmitted(entry.text("authFailure"), entry.text("client"));
        }
        return outcome(entry.text("outcome"), entry.text("tool"));
    }

    private static AuditReason notAdmitted(String failure, String client) {
        String reason = "Nobody was admitted: " + failure + ".";
        if (failure.endsWith("_missing")) {
            return authentication(reason, "send the credential in the header Authorization: Bearer");
        }
        if (failure.endsWith("_mismatch")) {
            return authentication(
                    reason,
                    "send the credential of gateway.auth; \"portcullis config get gateway.auth\" shows where it is from");
        }
        return switch (failure) {
            case "rate_limited" ->
                authentication(
                        client + " sent too many wrong credentials and was locked out.",
                        "stop whoever sends them; gateway.auth.rateLimit says how many may be wrong and how long it lasts");
            case "auth_error" ->
                authentication(
                        "The auth provider failed, so nobody was admitted.",
                        "mend the plugin: the log of the gateway says under this invocation what it threw");
            case "authority_changed" ->
                authentication(
                        "The credential was admitted, but meant somebody else when the body had been read.",
                        "send the request again");
            case "origin_not_allowed", "trusted_proxy_origin_not_allowed" ->
                authentication(
                        reason, "add the page's origin to gateway.controlUi.allowedOrigins, if it is to be trusted");
            case "host_not_allowed" ->
                authentication(
                        "The request names a host that is not this gateway, and showed no secret.",
                        "call it as localhost or by its address, or set gateway.publicOrigin to how it is called");
            default ->
                failure.startsWith("trusted_proxy_")
                        ? authentication(
                                reason,
                                "compare what the proxy sends with gateway.auth.trustedProxy and gateway.trustedProxies")
                        : authentication(reason, "see the auth provider that answers so: \"portcullis plugins list\"");
        };
    }

    private static AuditReason authentication(String reason, String change) {
        return new AuditReason("authentication", reason, change);
    }

    private static AuditReason outcome(String outcome, String tool) {
        return switch (outcome) {
            case "completed" ->
                new AuditReason("none", "Nothing spoke against it: the tool ran and its result was sent.", "");
            case "proxy_attribution_required" ->
                new AuditReason(
                        "attribution",
                        "The request bears signs of a proxy that gateway.trustedProxies does not name, so its client is unknown.",
                        "name the proxy in gateway.trustedProxies, or let it drop the forwarded headers");
            case "missing_scope" ->
                new AuditReason(
                        "scope",
                        "The principal lacks the scope operator.write.",
                        "give it the scope, or use another credential");
            case "blocked" ->
                new AuditReason(
                        "role",
                        "The principal's role may not use this agent.",
                        "change its role in gateway.roles, or ask for another agent");
            case "forbidden" ->
                new AuditReason(
                        "tool",
                        "The tool itself refuses this principal.",
                        "ask whoever wrote the tool what it demands");
            case "body_too_large", "body_timeout", "body_malformed", "invalid_request" ->
                new AuditReason(
                        "body", "The request itself could not be served; its caller was told why.", "mend the request");
            case "invalid_arguments" ->
                new AuditReason(
                        "arguments",
                        "The arguments do not fit the tool's schema, or the tool refused them; its caller was told why.",
                        "compare them with \"portcullis tools describe " + tool + "\"");
            case "tool_failed" ->
                new AuditReason(
                        "tool",
                        "The tool threw, returned nothing, or returned too much.",
                        "the log of the gateway says under this invocation what happened");
            case "timed_out" ->
                new AuditReason(
                        "tool",
                        "The tool did not end before its deadline.",
                        "gateway.invoke.timeouts." + tool + " gives it more time");
            case "tool_runaway" ->
                new AuditReason(
                        "tool",
                        "Earlier invocations of the tool run on after their deadline.",
                        "mend the tool, and replace its plugin");
            case "cancelled" -> new AuditReason("caller", "The caller hung up before there was an answer.", "");
            case "overloaded" ->
                new AuditReason(
                        "capacity",
                        "As many invocations were running as may.",
                        "send fewer at once, or raise gateway.invoke.maxConcurrent");
            case "began" ->
                new AuditReason(
                        "tool",
                        "It was admitted and its tool was about to run; how it ended is not recorded. It still runs, or the"
                                + " gateway was killed.",
                        "see what the tool did; do not take it for done or not done");
            case "cut_off" ->
                new AuditReason(
                        "capacity",
                        "The gateway stopped while the tool ran, and gateway.drainTimeoutMs was over.",
                        "see what the tool did before it is called again; gateway.drainTimeoutMs gives running calls more time");
            case "audit_unavailable" ->
                new AuditReason(
                        "audit",
                        "The audit log could not take its record, and logging.audit.required says that no tool runs then.",
                        "check the disk and the folder of the audit log");
            case "draining" ->
                new AuditReason("capacity", "The gateway was stopping.", "send it again to a gateway that runs");
            case "policy_error" ->
                new AuditReason(
                        "policy",
                        "A policy source gave no answer, so no tool could be reached.",
                        "the log of the gateway says which, and what it threw");
            default ->
                new AuditReason(
                        "gateway",
                        "The gateway itself failed.",
                        "the log of the gateway says under this invocation what happened");
        };
    }
}
