package dev.portcullis.gateway.runtime.operate.security;

import java.time.Instant;
import java.util.List;

/**
 * What an audit found.
 *
 * @param findings the worst first
 * @param suppressed findings that the configuration accepts
 * @param secretDiagnostics secrets that could not be examined, and why
 */
public record AuditReport(
        Instant time, List<Finding> findings, List<Finding> suppressed, List<String> secretDiagnostics) {
    public AuditReport {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        secretDiagnostics = List.copyOf(secretDiagnostics);
    }

    public long count(Severity severity) {
        return findings.stream().filter(found -> found.severity() == severity).count();
    }
}
