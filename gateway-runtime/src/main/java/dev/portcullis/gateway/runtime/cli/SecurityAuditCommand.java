package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.operate.security.AuditReport;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject;
import dev.portcullis.gateway.runtime.operate.security.AuditSubject.Assumed;
import dev.portcullis.gateway.runtime.operate.security.DeepProbe;
import dev.portcullis.gateway.runtime.operate.security.FixReport;
import dev.portcullis.gateway.runtime.operate.security.SecurityAudit;
import dev.portcullis.gateway.runtime.operate.security.SecurityFix;
import dev.portcullis.gateway.runtime.operate.security.Severity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code portcullis security audit}. */
@Command(
        name = "audit",
        description =
                "Look for what makes this gateway unsafe, in its configuration and its files. No gateway has to run.",
        footer = {
            "",
            "Exit codes: 0 whatever is found, unless --fail-on is given; then 1 if something at least as bad is found.",
            "2 if an option is wrong, and 78 if the configuration cannot be read at all: then nothing is changed."
        })
final class SecurityAuditCommand implements Callable<Integer> {
    private static final List<String> MODES = List.of("none", "token", "password", "trusted-proxy");

    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--deep",
            description = "Also ask the running gateway over WebSocket and HTTP, and read the code of plugins.")
    boolean deep;

    @Option(
            names = "--fix",
            description = "First close what can be closed without asking: permissions, and groups open to anybody.")
    boolean fix;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit with 1 if there is a finding of this severity or worse: info, warn or critical.")
    @Nullable
    String failOn;

    @Option(
            names = "--auth",
            paramLabel = "MODE",
            description = "Take this mode for granted: none, token, password or trusted-proxy.")
    @Nullable
    String auth;

    private final CliContext context;

    SecurityAuditCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Optional<Severity> threshold = threshold();
        Assumed assumed = assumed();
        Output output = context.output();
        GatewayProbe probe = new GatewayProbe(context, connection);
        if (deep) {
            probe.refuseBadOptions();
        }
        Optional<FixReport> fixed = fix ? Optional.of(fixed(assumed)) : Optional.empty();
        AuditSubject subject = subject(assumed);
        Optional<DeepProbe> probed = deep ? Optional.of(probe.run(subject)) : Optional.empty();
        SecurityAudit audit = new SecurityAudit(SecurityAudit.BUDGET);
        AuditReport report =
                probed.map(answered -> audit.deep(subject, answered)).orElseGet(() -> audit.run(subject));
        SecurityAuditText text = new SecurityAuditText(context.surroundings().home());
        if (output.json()) {
            output.document(SecurityAuditDocument.of(report, probed, fixed));
        } else {
            output.lines(text.lines(report, probed, fixed));
        }
        boolean bad = threshold
                .filter(least -> report.findings().stream()
                        .anyMatch(found -> found.severity().atLeast(least)))
                .isPresent();
        return bad ? ExitStatus.FAILED : ExitStatus.OK;
    }

    private FixReport fixed(Assumed assumed) {
        ConfigAccess access = context.configuration();
        return SecurityFix.apply(subject(assumed), file -> access.editor(file, Optional.empty()));
    }

    private AuditSubject subject(Assumed assumed) {
        ConfigAccess access = context.configuration();
        ConfigDraft draft = access.draft();
        return AuditSubjects.of(access, draft, assumed, context.surroundings());
    }

    private Optional<Severity> threshold() {
        if (failOn == null) {
            return Optional.empty();
        }
        for (Severity severity : Severity.values()) {
            if (severity.word().equals(failOn)) {
                return Optional.of(severity);
            }
        }
        throw CliException.usage("--fail-on is \"" + failOn + "\": use info, warn or critical");
    }

    private Assumed assumed() {
        if (auth == null) {
            return Assumed.NOTHING;
        }
        if (!MODES.contains(auth)) {
            throw CliException.usage(
                    "Invalid --auth value. Expected \"none\", \"token\", \"password\", or \"trusted-proxy\".");
        }
        if (auth.equals("token")
                && connection.tokenOption(context.surroundings()).isEmpty()) {
            throw CliException.usage("Invalid --auth token: pass --token <token> for audit auth override.");
        }
        if (auth.equals("password")
                && connection.passwordOption(context.surroundings()).isEmpty()) {
            throw CliException.usage("Invalid --auth password: pass --password <password> for audit auth override.");
        }
        return new Assumed(
                Optional.of(auth),
                connection.tokenOption(context.surroundings()),
                connection.passwordOption(context.surroundings()));
    }
}
