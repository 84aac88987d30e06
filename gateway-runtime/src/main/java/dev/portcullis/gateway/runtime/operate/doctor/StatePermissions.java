package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.ShellWord;
import dev.portcullis.gateway.runtime.operate.security.AuditReport;
import dev.portcullis.gateway.runtime.operate.security.FixReport;
import dev.portcullis.gateway.runtime.operate.security.SecurityFix;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Others may read or write what is the gateway's own, as a security audit sees it. */
final class StatePermissions extends Check {
    StatePermissions() {
        super("core/doctor/state-permissions");
    }

    /** Whether a finding of an audit is about permissions of files. */
    static boolean covers(String auditId) {
        return auditId.matches("(portcullis\\.)?fs\\..*perms.*")
                || auditId.equals("portcullis.fs.folder_above_writable")
                || auditId.equals("portcullis.plugins.folder_writable");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        Repair repair = () -> close(patient);
        patient.audit().get().map(AuditReport::findings).orElse(List.of()).stream()
                .filter(finding -> covers(finding.checkId()))
                .forEach(finding -> {
                    boolean ours = !finding.checkId().contains("plugins")
                            && !finding.checkId().contains("log_file")
                            && !finding.checkId().contains("above");
                    found.accept(new Finding(
                            id(),
                            SecurityFindings.severity(finding.severity()),
                            finding.title() + ": " + finding.detail(),
                            "",
                            finding.remediation() + (ours ? ", which --fix does too." : ""),
                            Optional.of(repair).filter(known -> ours)));
                });
    }

    private static List<String> close(Patient patient) throws IOException {
        if (patient.subject().isEmpty()) {
            return List.of();
        }
        FixReport report = SecurityFix.permissions(patient.subject().get());
        List<String> failed = report.actions().stream()
                .filter(action -> !action.error().isEmpty())
                .map(action -> command(action) + " (" + action.error() + ")")
                .toList();
        if (!failed.isEmpty()) {
            throw new IOException(String.join(", ", failed) + " failed: run this as the owner of the files");
        }
        return report.actions().stream()
                .filter(FixReport.Action::done)
                .map(StatePermissions::command)
                .toList();
    }

    private static String command(FixReport.Action action) {
        return "chmod " + Integer.toOctalString(action.mode()) + " " + ShellWord.of(action.path());
    }
}
