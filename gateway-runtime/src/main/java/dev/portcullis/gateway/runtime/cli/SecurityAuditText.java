package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.ShellWord;
import dev.portcullis.gateway.runtime.operate.security.AuditReport;
import dev.portcullis.gateway.runtime.operate.security.DeepProbe;
import dev.portcullis.gateway.runtime.operate.security.Finding;
import dev.portcullis.gateway.runtime.operate.security.FixReport;
import dev.portcullis.gateway.runtime.operate.security.ScannedPlugin;
import dev.portcullis.gateway.runtime.operate.security.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The audit for people. Paths below home begin with {@code ~}. */
final class SecurityAuditText {
    private final String home;

    SecurityAuditText(Path home) {
        this.home = home.toString();
    }

    List<String> lines(AuditReport report, Optional<DeepProbe> probed, Optional<FixReport> fixed) {
        List<String> lines = new ArrayList<>();
        lines.add("Portcullis security audit");
        lines.add("Summary: " + report.count(Severity.CRITICAL) + " critical · " + report.count(Severity.WARN)
                + " warn · " + report.count(Severity.INFO) + " info");
        if (!report.suppressed().isEmpty()) {
            lines.add("Suppressed: " + report.suppressed().size() + " configured");
        }
        if (probed.isEmpty()) {
            lines.add("Run deeper: portcullis security audit --deep");
        }
        report.secretDiagnostics().forEach(text -> lines.add("[secrets] " + text));
        fixed.ifPresent(fix -> fix(lines, fix));
        probed.ifPresent(probe -> deep(lines, probe, report.plugins()));
        for (Severity severity : Severity.values()) {
            block(lines, severity, report.findings());
        }
        return lines.stream().map(this::shortened).toList();
    }

    private static void fix(List<String> lines, FixReport fix) {
        lines.add("");
        boolean changed =
                !fix.changes().isEmpty() || fix.actions().stream().anyMatch(FixReport.Action::done) || !fix.ok();
        if (!changed) {
            lines.add("Fixes: no changes applied");
            return;
        }
        lines.add("FIX");
        fix.changes().forEach(change -> lines.add("  " + change));
        fix.backup().ifPresent(kept -> lines.add("  what the configuration was before: " + kept));
        for (FixReport.Action action : fix.actions()) {
            String command = "chmod " + Integer.toOctalString(action.mode()) + " " + ShellWord.of(action.path());
            if (!action.error().isEmpty()) {
                lines.add("  " + command + " failed: " + action.error());
            } else if (action.skipped().isEmpty()) {
                lines.add("  " + command);
            } else {
                lines.add("  skip " + command + " (" + action.skipped() + ")");
            }
        }
        fix.errors().forEach(error -> lines.add("  error: " + error));
    }

    private static void deep(List<String> lines, DeepProbe probe, List<ScannedPlugin> plugins) {
        lines.add("");
        lines.add("DEEP");
        lines.add("  WebSocket " + probe.socket().url() + ": "
                + said(probe.socket().error()));
        lines.add("  HTTP " + probe.http().url() + ": " + said(probe.http().error()));
        for (DeepProbe.Request request : probe.http().requests()) {
            lines.add("    " + (request.ok() ? "ok    " : "WRONG ")
                    + request.kind().word() + " (" + request.tool() + "): "
                    + (request.note().isEmpty()
                            ? "HTTP " + request.status() + ", expected "
                                    + request.kind().expected()
                            : "not sent, " + request.note()));
        }
        lines.add("  Plugins read: " + plugins.size());
        for (ScannedPlugin plugin : plugins) {
            lines.add(Printable.line("    " + plugin.path() + ": "
                    + (plugin.problems().isEmpty() ? "" : "would not be loaded, ")
                    + (plugin.uses().isEmpty()
                            ? "uses nothing that has to be stated"
                            : "uses " + String.join(", ", plugin.uses().keySet()))));
        }
    }

    private static String said(String error) {
        return error.isEmpty() ? "answered" : Printable.line(error);
    }

    private static void block(List<String> lines, Severity severity, List<Finding> all) {
        List<Finding> findings =
                all.stream().filter(found -> found.severity() == severity).toList();
        if (findings.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(severity.name().toUpperCase(Locale.ROOT));
        for (Finding finding : findings) {
            lines.add(Printable.line(finding.checkId() + " " + finding.title()));
            finding.detail().lines().forEach(line -> lines.add("  " + Printable.line(line)));
            if (!finding.remediation().isEmpty()) {
                lines.add("  Fix: " + Printable.line(finding.remediation()));
            }
        }
    }

    private String shortened(String line) {
        return home.length() > 1 ? line.replace(home, "~") : line;
    }
}
