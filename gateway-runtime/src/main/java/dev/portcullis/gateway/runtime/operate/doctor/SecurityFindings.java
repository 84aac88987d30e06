package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.operate.security.AuditReport;
import java.util.List;
import java.util.function.Consumer;

/** What a security audit calls critical; the rest is counted. */
final class SecurityFindings extends Check {
    SecurityFindings() {
        super("core/doctor/security");
    }

    static Severity severity(dev.portcullis.gateway.runtime.operate.security.Severity audited) {
        return switch (audited) {
            case CRITICAL -> Severity.ERROR;
            case WARN -> Severity.WARNING;
            case INFO -> Severity.INFO;
        };
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        var findings = patient.audit().get().map(AuditReport::findings).orElse(List.of()).stream()
                .filter(finding -> !StatePermissions.covers(finding.checkId()))
                // said by a check of its own
                .filter(finding -> !finding.checkId().equals("portcullis.config.invalid"))
                .toList();
        long warnings = 0;
        for (var finding : findings) {
            switch (severity(finding.severity())) {
                case ERROR ->
                    found.accept(error(
                            finding.title() + " (" + finding.checkId() + "): " + finding.detail(),
                            finding.key(),
                            finding.remediation()));
                case WARNING -> warnings++;
                case INFO -> {}
            }
        }
        if (warnings > 0) {
            found.accept(info(
                    "A security audit has " + warnings + (warnings == 1 ? " warning" : " warnings"),
                    "",
                    "Run: portcullis security audit"));
        }
    }
}
