package dev.portcullis.gateway.runtime.operate.security;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs all checks within a time budget. A check that did not run, or failed, is itself a finding: silence would look green. */
public final class SecurityAudit {
    /** What an audit takes at most, unless told otherwise. */
    public static final Duration BUDGET = Duration.ofSeconds(20);

    /** Ids of findings that no check makes. */
    static final String SUPPRESSIONS = "security.audit.suppressions.active";

    static final String INCOMPLETE = "portcullis.audit.incomplete";

    private final List<Check> checks;
    private final Duration budget;

    public SecurityAudit(Duration budget) {
        this(Checks.all(), budget);
    }

    SecurityAudit(List<Check> checks, Duration budget) {
        this.checks = List.copyOf(checks);
        this.budget = budget;
    }

    /** Examines a gateway by its configuration and its files alone. */
    public AuditReport run(AuditSubject subject) {
        return report(new Examined(subject, Optional.empty()));
    }

    /** Examines it together with the class files of its plugins, and with what a running one has answered. */
    public AuditReport deep(AuditSubject subject, DeepProbe probe) {
        return report(new Examined(subject, Optional.of(probe)));
    }

    private AuditReport report(Examined gateway) {
        List<Finding> all = examine(gateway);
        List<Suppression> suppressions = Suppression.in(gateway.settings());
        List<Finding> shown = new ArrayList<>();
        List<Finding> suppressed = new ArrayList<>();
        for (Finding finding : all) {
            (suppressions.stream().anyMatch(one -> one.matches(finding)) ? suppressed : shown).add(finding);
        }
        if (!suppressions.isEmpty()) {
            shown.add(new Finding(
                    SUPPRESSIONS,
                    Severity.INFO,
                    Suppression.KEY,
                    "Findings are suppressed",
                    suppressions.size() + " suppressions are configured, and hide " + suppressed.size() + " findings.",
                    "See that each still has a reason."));
        }
        shown.sort(Comparator.comparing(Finding::severity));
        return new AuditReport(Instant.now(), shown, suppressed, secretDiagnostics(gateway), scanned(gateway));
    }

    /** What the checks have read; nothing if they did not come so far. */
    private static List<ScannedPlugin> scanned(Examined gateway) {
        return gateway.probe().isPresent() ? gateway.plugins().alreadyScanned() : List.of();
    }

    private List<Finding> examine(Examined gateway) {
        List<Finding> all = new ArrayList<>();
        List<String> unfinished = new ArrayList<>();
        long end = System.nanoTime() + budget.toNanos();
        ExecutorService runner = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (Check check : checks) {
                Future<List<Finding>> findings = runner.submit(() -> examine(check, gateway));
                try {
                    all.addAll(findings.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
                } catch (TimeoutException late) {
                    unfinished.add(check.id() + " (out of time)");
                } catch (ExecutionException failed) {
                    unfinished.add(check.id() + " (" + cause(failed) + ")");
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    unfinished.add(check.id() + " (interrupted)");
                }
            }
        } finally {
            runner.shutdownNow();
        }
        if (!unfinished.isEmpty()) {
            all.add(new Finding(
                    INCOMPLETE,
                    Severity.WARN,
                    "",
                    "The audit is not complete",
                    "Not examined: " + String.join(", ", unfinished) + ".",
                    "Run it again; a slow file system takes longer than " + budget.toSeconds() + " s."));
        }
        return all;
    }

    /** Its type only: a message could hold what was read. */
    private static String cause(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return (cause == null ? failed : cause).getClass().getSimpleName();
    }

    private static List<Finding> examine(Check check, Examined gateway) {
        List<Finding> found = new ArrayList<>();
        check.examine(gateway, found::add);
        return found;
    }

    /** Secrets that are written as references, of a configuration that does not hold, are not resolved. */
    private static List<String> secretDiagnostics(Examined gateway) {
        return gateway.unresolvedSecrets().stream()
                .map(key -> key + ": the reference could not be resolved, so the secret was not examined")
                .toList();
    }
}
