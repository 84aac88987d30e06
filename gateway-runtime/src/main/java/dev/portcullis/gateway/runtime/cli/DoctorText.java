package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.doctor.DoctorReport;
import dev.portcullis.gateway.runtime.operate.doctor.Finding;
import dev.portcullis.gateway.runtime.operate.doctor.Repairs;
import java.util.ArrayList;
import java.util.List;

/** What the doctor found, for people. */
final class DoctorText {
    private DoctorText() {}

    static List<String> lint(DoctorReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("doctor --lint: ran " + report.run() + " check(s), "
                + report.findings().size() + " finding(s)");
        report.findings().forEach(finding -> add(lines, finding));
        return lines;
    }

    static List<String> advice(DoctorReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Portcullis doctor: " + count(report));
        report.findings().forEach(finding -> add(lines, finding));
        if (report.findings().stream().anyMatch(finding -> finding.repair().isPresent())) {
            lines.add("Repair what can be repaired without asking: portcullis doctor --fix");
        }
        return lines;
    }

    static List<String> fixed(DoctorReport after, Repairs repairs) {
        List<String> lines = new ArrayList<>();
        lines.add("Portcullis doctor --fix: "
                + (repairs.changes().isEmpty()
                        ? "nothing to repair"
                        : repairs.changes().size() + (repairs.changes().size() == 1 ? " change" : " changes")));
        repairs.changes().forEach(change -> lines.add("  " + Printable.line(change)));
        repairs.errors().forEach(error -> lines.add("  not repaired: " + Printable.line(error)));
        lines.add("Now: " + count(after));
        after.findings().forEach(finding -> add(lines, finding));
        return lines;
    }

    private static String count(DoctorReport report) {
        String checks = report.run() + (report.run() == 1 ? " check" : " checks");
        return report.findings().isEmpty()
                ? checks + ", nothing wrong"
                : checks + ", " + report.findings().size() + (report.findings().size() == 1 ? " finding" : " findings");
    }

    private static void add(List<String> lines, Finding finding) {
        String path = finding.path().isEmpty() ? "" : finding.path() + " ";
        lines.add(Printable.line(
                "  [" + finding.severity().word() + "] " + finding.checkId() + " " + path + "- " + finding.message()));
        if (!finding.fixHint().isEmpty()) {
            lines.add(Printable.line("    fix: " + finding.fixHint()));
        }
    }
}
