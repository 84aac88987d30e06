package dev.portcullis.gateway.runtime.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The status for people. */
final class StatusText {
    private StatusText() {}

    static List<String> lines(StatusReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("Portcullis " + Version.number());
        lines.add("  Config   " + report.file().map(Path::toString).orElse("none, built-in defaults") + " ("
                + report.chosenBy() + ")" + (report.problems().isEmpty() ? "" : ", which does not hold:"));
        report.problems().forEach(problem -> lines.add("           - " + Printable.line(problem)));
        lines.add("  State    " + report.stateDir());
        if (report.look().isEmpty()) {
            lines.add("  Gateway  not asked: " + Printable.line(report.unknown()));
            return lines;
        }
        GatewayLook look = report.look().get();
        lines.add("  Gateway  " + look.url() + ": " + look.state().word().replace('_', ' '));
        if (!look.problem().isEmpty()) {
            lines.add("           " + Printable.line(look.problem()));
        }
        if (report.well()) {
            running(lines, look.fields());
        }
        return lines;
    }

    private static void running(List<String> lines, Fields status) {
        Fields details = status.object("gateway");
        Fields plugins = details.object("plugins");
        lines.add(Printable.line("  Running  " + status.text("runtimeVersion") + ", process " + status.text("pid")
                + ", since " + details.text("startedAt") + ", auth " + details.text("authMode")));
        lines.add(Printable.line("  Serves   " + details.object("config").text("source")));
        lines.add(Printable.line("  Plugins  " + plugins.text("loaded") + " loaded, " + plugins.text("quarantined")
                + " quarantined, " + plugins.text("disabled") + " disabled; " + details.text("tools") + " tools"));
        details.object("reload")
                .texts("skipped")
                .forEach(reason -> lines.add("  warning: not reloaded: " + Printable.line(reason)));
        details.object("reload")
                .texts("restart")
                .forEach(key -> lines.add("  warning: restart it for " + Printable.line(key)));
        details.texts("warnings").forEach(warning -> lines.add("  warning: " + Printable.line(warning)));
    }
}
