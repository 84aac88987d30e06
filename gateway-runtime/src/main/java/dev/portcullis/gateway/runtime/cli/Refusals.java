package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.tls.Fingerprint;
import dev.portcullis.gateway.runtime.tls.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong between a command and the gateway, and what to do about it. */
final class Refusals {
    private Refusals() {}

    /** Nothing listens there. */
    static final class Unreachable extends CliException {
        private static final long serialVersionUID = 1L;

        private Unreachable(String message) {
            super(ExitStatus.FAILED, message, List.of());
        }
    }

    /** It listens, and says nothing. */
    static final class Late extends CliException {
        private static final long serialVersionUID = 1L;

        private Late(String message) {
            super(ExitStatus.FAILED, message, List.of());
        }
    }

    /** It encrypts, and nobody vouches for it. */
    static final class Untrusted extends CliException {
        private static final long serialVersionUID = 1L;

        private Untrusted(String message) {
            super(ExitStatus.FAILED, message, List.of());
        }
    }

    static CliException unreachable(GatewayTarget target, String why) {
        return new Unreachable("No gateway answers at " + target.base() + " (" + why
                + "): start one with \"portcullis run\", or name another with --url or --port");
    }

    static CliException untrusted(GatewayTarget target, SSLException failure) {
        return untrusted(target, why(target, failure));
    }

    static CliException untrusted(GatewayTarget target, String why) {
        String message = "No encrypted connection to " + target.base() + ": " + why;
        return target.trust().shown().isPresent() ? new Untrusted(message) : CliException.failed(message);
    }

    /** Why TLS failed, and what would help. */
    static String why(GatewayTarget target, SSLException failure) {
        Optional<Fingerprint> shown = target.trust().shown();
        if (shown.isEmpty()) {
            return "what answers there does not speak TLS 1.3; http:// or ws:// if the gateway does not encrypt";
        }
        Trust trust = target.trust();
        if (trust.pinned().isPresent()) {
            String wanted = trust.file()
                    .map(file -> "the one in " + file + " (" + trust.pinned().get() + ")")
                    .orElseGet(() -> trust.pinned().get().toString());
            return "its certificate has SHA-256 " + shown.get() + ", and not " + wanted
                    + ": it is another gateway, or it has another certificate since; compare with what \"run\" printed"
                    + (trust.file().isPresent() ? ", and see in its log whether it took the one in the file" : "");
        }
        if (trust.otherTime().isPresent()) {
            Trust.Period period = trust.otherTime().get();
            boolean over = period.to().isBefore(Instant.now());
            return "its certificate (SHA-256 " + shown.get() + ") "
                    + (over ? "ended at " + period.to() : "begins to hold at " + period.from())
                    + ": it has to be renewed where the gateway runs, unless the clock of this machine is wrong";
        }
        boolean name = String.valueOf(failure.getMessage()).contains("subject alternative");
        return "its certificate (SHA-256 " + shown.get() + ") is "
                + (name ? "for another name than " + target.base().getHost() : "one that nobody known here vouches for")
                + ": compare it with what \"run\" printed and pass --tls-fingerprint, or name its authorities with --ca-file";
    }

    /** Plain text where the gateway encrypts: it says so itself, in plain text. */
    static CliException encrypts(GatewayTarget target) {
        return CliException.failed("The gateway at " + target.base()
                + " encrypts, and was asked in plain text: write https:// or wss://, and where it is known by its"
                + " certificate alone --tls-fingerprint");
    }

    static CliException late(GatewayTarget target, Duration timeout) {
        String span = timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
        return new Late("The gateway at " + target.base() + " did not answer within " + span
                + ": it may be busy or hang, see its log; --timeout gives it longer where a command has it");
    }

    static CliException noHttp(GatewayTarget target, String why) {
        return CliException.failed("What answers at " + target.base() + " does not speak HTTP as a gateway does (" + why
                + "): check --url and --port, and whether it is http or https");
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
                .map(credential -> "The gateway at " + target.base()
                        + " refused the credential (HTTP 401): use the one it was started with, and not the one from "
                        + credential.source())
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
