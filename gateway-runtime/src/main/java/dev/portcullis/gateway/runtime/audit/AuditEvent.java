package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.time.Instant;

/**
 * Something that happened to the audit log itself.
 *
 * @param outcome {@code archive_removed} or {@code records_lost}
 * @param reason one sentence for the operator
 * @param count of records that are not there
 */
record AuditEvent(Instant time, String outcome, String reason, long count) {
    JsonBytes line() {
        JsonBytes json = new JsonBytes(0, 512).raw("{\"time\":\"");
        AuditLine.time(time, json);
        return json.raw("\",\"invocation\":")
                .string("audit-" + Long.toString(time.toEpochMilli(), Character.MAX_RADIX))
                .raw(",\"surface\":\"audit\",\"client\":\"gateway\",\"reason\":")
                .string(reason)
                .raw(",\"outcome\":")
                .string(outcome)
                .raw(",\"count\":")
                .number(count)
                .raw("}\n");
    }
}
