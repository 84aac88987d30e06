package dev.portcullis.gateway.runtime.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says what went wrong between a command and the gateway, and what to do about it. */
final class Refusals {
    private Refusals() {}

    static CliException unreachable(GatewayTarget target, String why) {
        return CliException.failed("No gateway answers at " + target.base() + " (" + why
                + "): start one with \"portcullis run\", or name another with --url or --port");
    }

    static CliException late(GatewayTarget target, Duration timeout) {
        return CliException.failed("The gateway at " + target.base() + " did not answer within " + timeout.toSeconds()
                + " s: it may be busy or hang, see its log; --timeout gives it longer where a command has it");
    }

    static CliException foreign(GatewayTarget target, int status, String contentType) {
        return CliException.failed("What answers at " + target.base() + " is no Portcullis gateway (HTTP " + status
                + ", " + Printable.line(contentType) + "): check --url and --port");
    }

    static CliException explain(GatewayTarget target, GatewayClient.Reply reply) {
        String said = Printable.line(message(reply.body()));
        return switch (reply.status()) {
            case 401 -> CliException.failed(unauthorized(target));
            case 403 ->
                CliException.failed(
                        "The gateway at " + target.base() + " knows the credential, but it may not do this (HTTP 403, "
                                + said + "): use one with the scope that is missing");
            case 429 ->
                CliException.failed("The gateway at " + target.base()
                        + " refuses log-ins from here after too many wrong "
                        + "credentials (HTTP 429): try again "
                        + (reply.retryAfter().isEmpty() ? "later" : "in " + Printable.line(reply.retryAfter()) + " s"));
            default ->
                CliException.failed(
                        "The gateway at " + target.base() + " answered HTTP " + reply.status() + ": " + said);
        };
    }

    private static String unauthorized(GatewayTarget target) {
        return target.credential()
                .map(credential -> "The gateway at " + target.base() + " refused the credential from "
                        + credential.source() + " (HTTP 401): it is not the one the gateway was started with")
                .orElseGet(() -> "The gateway at " + target.base()
                        + " asks for a credential (HTTP 401), and there is none: looked at "
                        + String.join(", ", target.looked()));
    }

    /** The message of either error shape. */
    static String message(@Nullable Object body) {
        Fields document = Fields.of(body);
        String message = document.object("error").text("message");
        return message.isEmpty() ? "no reason given" : message;
    }
}
