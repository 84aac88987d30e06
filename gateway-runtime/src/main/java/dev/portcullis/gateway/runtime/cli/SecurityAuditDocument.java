package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.security.AuditReport;
import dev.portcullis.gateway.runtime.operate.security.DeepProbe;
import dev.portcullis.gateway.runtime.operate.security.Finding;
import dev.portcullis.gateway.runtime.operate.security.FixReport;
import dev.portcullis.gateway.runtime.operate.security.ScannedPlugin;
import dev.portcullis.gateway.runtime.operate.security.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit as a document: the reference gateway's shape, with the config path of each finding. */
final class SecurityAuditDocument {
    private SecurityAuditDocument() {}

    static Map<String, @Nullable Object> of(AuditReport report, Optional<DeepProbe> probed, Optional<FixReport> fixed) {
        Map<String, @Nullable Object> audit = new LinkedHashMap<>();
        audit.put("ts", report.time().toEpochMilli());
        Map<String, Object> summary = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            summary.put(severity.word(), report.count(severity));
        }
        audit.put("summary", summary);
        audit.put("findings", findings(report.findings()));
        if (!report.suppressed().isEmpty()) {
            audit.put("suppressedFindings", findings(report.suppressed()));
        }
        probed.ifPresent(probe -> audit.put("deep", deep(probe, report.plugins())));
        if (fixed.isEmpty()) {
            audit.put("secretDiagnostics", report.secretDiagnostics());
            return audit;
        }
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("fix", fix(fixed.get()));
        document.put("report", audit);
        document.put("secretDiagnostics", report.secretDiagnostics());
        return document;
    }

    private static List<Map<String, @Nullable Object>> findings(List<Finding> findings) {
        return findings.stream().map(SecurityAuditDocument::finding).toList();
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("checkId", finding.checkId());
        shown.put("severity", finding.severity().word());
        shown.put("key", finding.key().isEmpty() ? null : finding.key());
        shown.put("title", finding.title());
        shown.put("detail", finding.detail());
        if (!finding.remediation().isEmpty()) {
            shown.put("remediation", finding.remediation());
        }
        return shown;
    }

    private static Map<String, @Nullable Object> deep(DeepProbe probe, List<ScannedPlugin> plugins) {
        Map<String, @Nullable Object> gateway = new LinkedHashMap<>();
        gateway.put("attempted", true);
        gateway.put("url", probe.socket().url());
        gateway.put("ok", probe.socket().error().isEmpty());
        gateway.put("error", text(probe.socket().error()));
        gateway.put(
                "close",
                probe.socket().close().map(SecurityAuditDocument::close).orElse(null));
        Map<String, @Nullable Object> http = new LinkedHashMap<>();
        http.put("url", probe.http().url());
        http.put(
                "ok",
                probe.http().error().isEmpty()
                        && probe.http().requests().stream().allMatch(DeepProbe.Request::ok));
        http.put("error", text(probe.http().error()));
        http.put(
                "requests",
                probe.http().requests().stream()
                        .map(SecurityAuditDocument::request)
                        .toList());
        Map<String, @Nullable Object> deep = new LinkedHashMap<>();
        deep.put("gateway", gateway);
        deep.put("http", http);
        deep.put("plugins", plugins.stream().map(SecurityAuditDocument::plugin).toList());
        return deep;
    }

    private static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Map<String, Object> close(DeepProbe.Close close) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("code", close.code());
        shown.put("reason", close.reason());
        return shown;
    }

    private static Map<String, @Nullable Object> plugin(ScannedPlugin plugin) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("plugin", plugin.id());
        shown.put("path", plugin.path().toString());
        shown.put("ok", plugin.problems().isEmpty());
        shown.put("capabilities", plugin.stated().map(List::copyOf).orElse(null));
        shown.put("uses", plugin.uses());
        shown.put("problems", plugin.problems());
        return shown;
    }

    private static Map<String, @Nullable Object> request(DeepProbe.Request request) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", request.kind().word());
        shown.put("tool", request.tool());
        shown.put("expected", request.kind().expected());
        shown.put("status", request.status() == 0 ? null : request.status());
        shown.put("ok", request.ok());
        if (!request.note().isEmpty()) {
            shown.put("note", request.note());
        }
        return shown;
    }

    private static Map<String, @Nullable Object> fix(FixReport fixed) {
        Map<String, @Nullable Object> fix = new LinkedHashMap<>();
        fix.put("ok", fixed.ok());
        fix.put("stateDir", fixed.stateDir().toString());
        fix.put("configPath", fixed.configPath().map(Object::toString).orElse(null));
        fix.put("configWritten", fixed.configWritten());
        fix.put("backup", fixed.backup().map(Object::toString).orElse(null));
        fix.put("changes", fixed.changes());
        fix.put(
                "actions",
                fixed.actions().stream().map(SecurityAuditDocument::action).toList());
        fix.put("errors", fixed.errors());
        return fix;
    }

    private static Map<String, @Nullable Object> action(FixReport.Action action) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("kind", "chmod");
        shown.put("path", action.path().toString());
        shown.put("mode", action.mode());
        shown.put("ok", action.done());
        if (!action.skipped().isEmpty()) {
            shown.put("skipped", action.skipped());
        }
        if (!action.error().isEmpty()) {
            shown.put("error", action.error());
        }
        return shown;
    }
}
