package dev.portcullis.gateway.runtime.telemetry;

import dev.portcullis.gateway.runtime.audit.AuditRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An invocation as a span. Holds no argument, no result, and no name that is not a tool's.
 *
 * @param correlation what the caller said of its trace; null if nothing
 */
record OtlpSpan(AuditRecord entry, @Nullable Correlation correlation) {
    /** The surface of an invocation that another one asked for: nobody had to be authenticated. */
    private static final String NESTED = "tool";

    private static final int INTERNAL = 1;
    private static final int ERROR = 2;
    private static final HexFormat HEX = HexFormat.of();

    /** The invocation, and below it the parts of the road that took their time. */
    List<Map<String, Object>> values() {
        Map<String, Object> whole = value();
        AuditRecord.Steps steps = entry.steps();
        AuditRecord.End end = entry.end();
        List<Map<String, Object>> all = new ArrayList<>(4);
        all.add(whole);
        if (!entry.surface().equals(NESTED)) {
            boolean refused = entry.caller().failure() != null;
            step(all, whole, OtlpNames.AUTHENTICATE, 0, refused ? end.nanos() : steps.admitted());
        }
        if (steps.decided() > 0) {
            step(all, whole, OtlpNames.DECIDE, steps.located(), steps.decided());
        }
        if (end.toolNanos() > 0) {
            step(all, whole, OtlpNames.RUN, end.nanos() - end.toolNanos(), end.nanos());
        }
        return all;
    }

    private void step(List<Map<String, Object>> all, Map<String, Object> whole, String name, long from, long to) {
        Map<String, Object> span = new LinkedHashMap<>();
        span.put("traceId", whole.getOrDefault("traceId", ""));
        span.put("spanId", random());
        span.put("parentSpanId", whole.getOrDefault("spanId", ""));
        span.put("name", name);
        span.put("kind", INTERNAL);
        span.put("startTimeUnixNano", OtlpText.nanos(entry.time().plusNanos(from)));
        span.put("endTimeUnixNano", OtlpText.nanos(entry.time().plusNanos(Math.max(from, to))));
        all.add(span);
    }

    private Map<String, Object> value() {
        AuditRecord.End end = entry.end();
        String plugin = end.plugin();
        String tool = plugin == null ? "" : text(entry.request().tool());
        Map<String, Object> span = new LinkedHashMap<>();
        String trace = correlation == null ? null : correlation.trace();
        String parent = correlation == null ? null : correlation.parent();
        span.put("traceId", trace == null ? random() + random() : trace);
        span.put("spanId", random());
        if (parent != null) {
            span.put("parentSpanId", parent);
        }
        span.put("name", tool.isEmpty() ? OtlpNames.EXECUTE_TOOL : OtlpNames.EXECUTE_TOOL + " " + tool);
        span.put("kind", INTERNAL);
        span.put("startTimeUnixNano", OtlpText.nanos(entry.time()));
        span.put("endTimeUnixNano", OtlpText.nanos(entry.time().plusNanos(end.nanos())));
        span.put("attributes", OtlpText.attributes(attributes(tool)));
        if (end.category() != null) {
            span.put("status", Map.of("code", ERROR));
        }
        return span;
    }

    private Map<String, Object> attributes(String tool) {
        AuditRecord.End end = entry.end();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(OtlpNames.OPERATION, OtlpNames.EXECUTE_TOOL);
        attributes.put(OtlpNames.TOOL_NAME, tool);
        attributes.put(OtlpNames.TOOL_TYPE, "function");
        attributes.put(OtlpNames.TOOL_CALL_ID, entry.invocation());
        attributes.put(OtlpNames.PLUGIN, text(end.plugin()));
        attributes.put(OtlpNames.SURFACE, entry.surface());
        attributes.put(OtlpNames.OUTCOME, end.outcome());
        attributes.put(OtlpNames.DECISION, text(entry.ruling().decision()));
        attributes.put(OtlpNames.LABEL, text(entry.ruling().label()));
        attributes.put(OtlpNames.STATUS_CODE, (long) end.status());
        attributes.put(OtlpNames.ERROR_TYPE, end.category() == null ? "" : end.outcome());
        return attributes;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** Never zero, which stands for none. */
    private static String random() {
        return HEX.toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
