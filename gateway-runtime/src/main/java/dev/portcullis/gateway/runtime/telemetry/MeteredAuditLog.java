package dev.portcullis.gateway.runtime.telemetry;

import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.AuditRecord;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts what is recorded, so that metrics and audit file tell the same story. */
final class MeteredAuditLog extends AuditLog.Before {
    /** Names that are no tool's: one series, whatever a caller makes up. */
    static final String UNKNOWN = "_unknown";

    /** When it was not asked for a tool, or it was not read. */
    static final String NONE = "";

    private static final int MOST_TOOLS = 1_000;
    private static final int MOST_LABELS = 500;
    private static final int MOST_REASONS = 100;

    private final Predicate<String> known;
    private final ByWord<ToolMeter> tools;
    private final ByWord<CounterDataPoint> denials;
    private final ByWord<CounterDataPoint> policyErrors;
    private final CounterDataPoint allowed;
    private final ByWord<ByWord<CounterDataPoint>> authFailures;

    /** @param known whether a name is a tool's */
    MeteredAuditLog(Meters meters, AuditLog next, Predicate<String> known) {
        super(next);
        this.known = known;
        this.tools = new ByWord<>(MOST_TOOLS, tool -> new ToolMeter(meters, tool));
        this.allowed = meters.decisions.labelValues("allowed", "");
        this.denials = new ByWord<>(MOST_LABELS, label -> meters.decisions.labelValues("denied", label));
        this.policyErrors = new ByWord<>(MOST_LABELS, label -> meters.decisions.labelValues("policy_error", label));
        this.authFailures = new ByWord<>(
                10, surface -> new ByWord<>(MOST_REASONS, reason -> meters.authFailures.labelValues(surface, reason)));
    }

    @Override
    protected void seen(AuditRecord entry) {
        String reason = entry.caller().failure();
        String tool = entry.request().tool();
        if (reason != null) {
            authFailures.of(entry.surface()).of(reason).inc();
            if (tool == null) {
                // nobody came in
                return;
            }
        }
        AuditRecord.End end = entry.end();
        String category = end.category();
        meter(tool, end.toolNanos() > 0).ended(end.outcome(), category == null ? NONE : category, end.nanos());
        decided(entry.ruling());
    }

    /** @param ran whether the name led to a tool: for others the same is looked up each time, whether they are tools or not */
    private ToolMeter meter(@Nullable String name, boolean ran) {
        if (name == null) {
            return tools.of(NONE);
        }
        return tools.of(ran || isTool(name) ? name : UNKNOWN);
    }

    private boolean isTool(String name) {
        boolean metered = tools.knows(name);
        return known.test(name) || metered;
    }

    private void decided(AuditRecord.Ruling ruling) {
        String decision = ruling.decision();
        if (decision == null) {
            return;
        }
        String label = ruling.label();
        switch (decision) {
            case "allowed" -> allowed.inc();
            case "denied" -> denials.of(label == null ? NONE : label).inc();
            default -> policyErrors.of(label == null ? NONE : label).inc();
        }
    }
}
