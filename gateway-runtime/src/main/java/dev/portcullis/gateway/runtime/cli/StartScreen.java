package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.operate.StartReport;
import dev.portcullis.gateway.runtime.operate.StartReport.PluginLine;
import dev.portcullis.gateway.runtime.operate.StartReport.ToolLine;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code run} prints when the gateway listens. Never the token, but how to use it. */
final class StartScreen {
    /** Before the address. */
    static final String LISTENS = " listens on ";

    private final StartReport report;

    StartScreen(StartReport report) {
        this.report = report;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Portcullis " + report.version() + LISTENS + report.place().address());
        report.place().publicOrigin().ifPresent(origin -> lines.add("  Public  " + origin));
        report.place().fingerprint().ifPresent(digest -> lines.add("  TLS     certificate SHA-256 " + digest));
        lines.add("  Config  " + report.config());
        lines.add("  State   " + report.place().stateDir());
        lines.add("  Auth    " + report.authMode()
                + report.place().tokenFile().map(file -> ", token in " + file).orElse(""));
        report.place().auditFile().ifPresent(file -> lines.add("  Audit   " + file));
        section(lines, "", plugins().lines());
        section(lines, "", reachable().lines());
        hidden(lines);
        problems(lines, "Plugins that are not loaded:", report.quarantined());
        problems(lines, "Plugins that the configuration keeps out:", report.disabled());
        problems(lines, "Warnings:", report.warnings());
        tryIt().ifPresent(curl -> section(lines, "Try it:", List.of("  " + curl)));
        return lines;
    }

    Map<String, @Nullable Object> document() {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("event", "started");
        document.put("version", report.version());
        document.put("url", report.place().address().toString());
        document.put("tlsFingerprint", report.place().fingerprint().orElse(null));
        document.put(
                "publicOrigin", report.place().publicOrigin().map(URI::toString).orElse(null));
        document.put("config", report.config());
        document.put("stateDir", report.place().stateDir().toString());
        document.put("authMode", report.authMode());
        document.put("tokenFile", text(report.place().tokenFile()));
        document.put("auditFile", text(report.place().auditFile()));
        document.put(
                "plugins", report.plugins().stream().map(StartScreen::shown).toList());
        document.put("tools", report.tools().stream().map(StartScreen::shown).toList());
        document.put("quarantined", report.quarantined());
        document.put("disabled", report.disabled());
        document.put("warnings", report.warnings());
        document.put("try", tryIt().orElse(null));
        return document;
    }

    private TextTable plugins() {
        TextTable table = new TextTable("PLUGIN", "VERSION", "PROVIDES");
        for (PluginLine plugin : report.plugins()) {
            table.row(plugin.name(), plugin.version(), String.join(", ", plugin.provides()));
        }
        return table;
    }

    private TextTable reachable() {
        TextTable table = new TextTable("TOOL", "PLUGIN");
        report.tools().stream().filter(ToolLine::reachable).forEach(tool -> table.row(tool.name(), tool.plugin()));
        return table.isEmpty() ? new TextTable("No tool can be reached: tools.allow names those that may be") : table;
    }

    private void hidden(List<String> lines) {
        TextTable table = new TextTable("HIDDEN TOOL", "PLUGIN", "TO SHOW IT");
        for (ToolLine tool : report.tools()) {
            if (!tool.reachable()) {
                table.row(
                        tool.name(),
                        tool.plugin(),
                        tool.changes().isEmpty() ? tool.hiddenBy().orElse("") : String.join("; ", tool.changes()));
            }
        }
        if (!table.isEmpty()) {
            section(lines, "", table.lines());
        }
    }

    private static void problems(List<String> lines, String title, List<String> problems) {
        if (!problems.isEmpty()) {
            section(
                    lines,
                    title,
                    problems.stream().map(text -> "  - " + Printable.line(text)).toList());
        }
    }

    private static void section(List<String> lines, String title, List<String> content) {
        lines.add("");
        if (!title.isEmpty()) {
            lines.add(title);
        }
        lines.addAll(content);
    }

    /** A call that works as pasted: a tool that can be reached and needs no arguments, with the token read by the shell. */
    private Optional<String> tryIt() {
        return report.tools().stream()
                .filter(tool -> tool.reachable() && !tool.needsArguments())
                .findFirst()
                .map(tool -> credential() + "curl -sS " + trust()
                        + report.place().address() + "/tools/invoke"
                        + (anonymous() ? "" : " -H @-")
                        + " -H 'Content-Type: application/json' -d '{\"tool\":\"" + tool.name() + "\",\"args\":{}}'");
    }

    /** A certificate that vouches for itself is known to nobody but this machine. */
    private String trust() {
        return report.place()
                .certificate()
                .map(file -> "--cacert " + quoted(file) + " ")
                .orElse("");
    }

    private boolean anonymous() {
        return report.authMode().equals("none");
    }

    /** What curl reads from its input: what stands in its arguments everybody could read, and printf is of the shell. */
    private String credential() {
        if (anonymous()) {
            return "";
        }
        String secret = report.place()
                .tokenFile()
                .map(file -> "$(cat " + quoted(file) + ")")
                .orElse(
                        report.authMode().equals("password")
                                ? "$PORTCULLIS_GATEWAY_PASSWORD"
                                : "$PORTCULLIS_GATEWAY_TOKEN");
        return "printf 'Authorization: Bearer %s\\n' \"" + secret + "\" | ";
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "'\\''") + "'";
    }

    private static @Nullable String text(Optional<Path> file) {
        return file.map(Path::toString).orElse(null);
    }

    private static Map<String, @Nullable Object> shown(PluginLine plugin) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", plugin.name());
        shown.put("version", plugin.version());
        shown.put("builtIn", plugin.builtIn());
        shown.put("provides", plugin.provides());
        return shown;
    }

    private static Map<String, @Nullable Object> shown(ToolLine tool) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("name", tool.name());
        shown.put("plugin", tool.plugin());
        shown.put("reachable", tool.reachable());
        shown.put("hiddenBy", tool.hiddenBy().orElse(null));
        shown.put("changes", tool.changes());
        return shown;
    }
}
