package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.telemetry.Correlation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** For machines: a line of JSON an entry. */
final class JsonLogLine extends Formatter {
    @Override
    public String format(LogRecord record) {
        LogEntry entry = LogEntry.of(record, this);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", entry.time().toString());
        line.put("level", entry.level());
        line.put("room", entry.room());
        line.put("message", entry.message());
        Correlation correlation = entry.correlation();
        if (correlation != null) {
            line.put("invocation", correlation.invocation());
            String trace = correlation.trace();
            if (trace != null) {
                line.put("traceId", trace);
            }
        }
        if (!entry.trace().isEmpty()) {
            line.put("error", entry.trace().stripTrailing());
        }
        return Json.line(line) + "\n";
    }
}
