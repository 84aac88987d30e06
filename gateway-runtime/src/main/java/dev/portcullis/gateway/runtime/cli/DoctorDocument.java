package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.doctor.Doctor;
import dev.portcullis.gateway.runtime.operate.doctor.DoctorReport;
import dev.portcullis.gateway.runtime.operate.doctor.Finding;
import dev.portcullis.gateway.runtime.operate.doctor.Repairs;
import dev.portcullis.gateway.runtime.operate.doctor.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the doctor found, in the reference gateway's shape. */
final class DoctorDocument {
    private DoctorDocument() {}

    static Map<String, @Nullable Object> of(DoctorReport report, boolean ok, Optional<Repairs> repairs) {
        Map<String, @Nullable Object> document = head(ok && report.failed().isEmpty(), report.run(), report.skipped());
        document.put(
                "findings",
                report.findings().stream().map(DoctorDocument::finding).toList());
        repairs.ifPresent(made -> {
            document.put("changes", made.changes());
            document.put("errors", made.errors());
        });
        if (!report.failed().isEmpty()) {
            document.put("warnings", List.of(failed(report)));
        }
        return document;
    }

    /** Checks that broke: nothing can be said of the rest then. */
    static Map<String, @Nullable Object> broken(DoctorReport report) {
        Map<String, @Nullable Object> document = head(false, 0, report.skipped() + report.run());
        Map<String, @Nullable Object> finding = new LinkedHashMap<>();
        finding.put("checkId", Doctor.INSPECTION);
        finding.put("severity", Severity.ERROR.word());
        finding.put("message", failed(report));
        finding.put("path", null);
        finding.put("fixHint", "This is a defect of Portcullis: report it, and leave the check out with --skip.");
        document.put("findings", List.of(finding));
        document.put("error", Map.of("type", "cli_error", "message", failed(report)));
        return document;
    }

    static String failed(DoctorReport report) {
        return "Checks did not come to an end: " + String.join(", ", report.failed());
    }

    private static Map<String, @Nullable Object> head(boolean ok, int run, int skipped) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schemaVersion", 1);
        document.put("ok", ok);
        document.put("checksRun", run);
        document.put("checksSkipped", skipped);
        return document;
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("checkId", finding.checkId());
        shown.put("severity", finding.severity().word());
        shown.put("message", finding.message());
        shown.put("path", finding.path().isEmpty() ? null : finding.path());
        shown.put("fixHint", finding.fixHint().isEmpty() ? null : finding.fixHint());
        shown.put("repairable", finding.repair().isPresent());
        return shown;
    }
}
