package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.List;

/**
 * What was found.
 *
 * @param skipped how many checks were not asked for
 * @param failed checks that did not come to an end, and why
 */
public record DoctorReport(int run, int skipped, List<Finding> findings, List<String> failed) {
    public DoctorReport {
        findings = List.copyOf(findings);
        failed = List.copyOf(failed);
    }

    /** The same without what is less bad. */
    public DoctorReport atLeast(Severity least) {
        return new DoctorReport(
                run,
                skipped,
                findings.stream()
                        .filter(finding -> finding.severity().atLeast(least))
                        .toList(),
                failed);
    }

    public boolean has(Severity least) {
        return findings.stream().anyMatch(finding -> finding.severity().atLeast(least));
    }
}
