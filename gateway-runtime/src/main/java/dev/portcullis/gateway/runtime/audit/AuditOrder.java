package dev.portcullis.gateway.runtime.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** Which of two records was first. */
final class AuditOrder {
    private AuditOrder() {}

    static boolean before(Map<String, Object> one, Map<String, Object> other) {
        return time(one).isBefore(time(other));
    }

    /** When it was; long ago if it does not say so. */
    static Instant time(Map<String, Object> entry) {
        try {
            return Instant.parse(String.valueOf(entry.get("time")));
        } catch (DateTimeException damaged) {
            return Instant.MIN;
        }
    }
}
