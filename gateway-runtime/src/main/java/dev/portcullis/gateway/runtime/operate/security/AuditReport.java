package dev.portcullis.gateway.runtime.operate.security;

import java.time.Instant;
import java.util.List;

/**
 * What an audit found.
 *
 * @param findings the worst first
 * @param suppressed findings that the configuration accepts
 * @param secretDiagnostics secrets that could not be examined, and why
 * @param plugins those whose class files were read; none unless somebody wanted a deep look
 */
public record AuditReport(
        Instant time,
        List<Finding> findings,
        List<Finding> suppressed,
        List<String> secretDiagnostics,
        List<ScannedPlugin> plugins) {
    public AuditReport {
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        secretDiagnostics = List.copyOf(secretDiagnostics);
        plugins = List.copyOf(plugins);
    }

    public long count(Severity severity) {
        return findings.stream().filter(found -> found.severity() == severity).count();
    }
}
