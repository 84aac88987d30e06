package dev.portcullis.gateway.runtime.cli;

/** One record in one line. */
final class AuditRow {
    private AuditRow() {}

    static TextTable table() {
        return new TextTable("TIME", "INVOCATION", "STATUS", "OUTCOME", "MS", "CLIENT", "PRINCIPAL", "TOOL", "BY");
    }

    static String[] cells(Fields entry) {
        String by = entry.has("authFailure") ? entry.text("authFailure") : entry.text("label");
        if (entry.text("surface").equals("audit")) {
            by = entry.text("reason");
        } else if (entry.has("count")) {
            by += " (" + entry.text("count") + " requests since " + entry.text("since") + ")";
        }
        return new String[] {
            entry.text("time"),
            entry.text("invocation"),
            entry.text("status"),
            entry.text("outcome"),
            entry.text("durationMs"),
            entry.text("client"),
            dash(entry.text("principal")),
            dash(Shorten.to(entry.text("tool"), 60)),
            by
        };
    }

    /** For a stream of lines, which no table can align. */
    static String line(Fields entry) {
        return Printable.line(String.join("  ", cells(entry)).stripTrailing());
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
