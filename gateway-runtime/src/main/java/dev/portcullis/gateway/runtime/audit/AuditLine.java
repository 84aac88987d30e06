package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record as JSON, on one line. */
final class AuditLine {
    /** Names of tools and sessions come from the caller: as long as they like. */
    private static final int LONGEST = 1_024;

    /** The second that was formatted last; records come in order of time, nearly. */
    private record Second(long epoch, String text) {}

    private static volatile Second latest = new Second(0, "1970-01-01T00:00:00");

    private AuditLine() {}

    static void write(AuditRecord entry, JsonBytes json) {
        json.raw("{\"time\":\"");
        time(entry.time(), json);
        json.raw("\",\"invocation\":").string(entry.invocation());
        json.raw(",\"surface\":").string(entry.surface());
        json.raw(",\"client\":").string(entry.client());
        json.raw(",\"peer\":").string(entry.peer());
        text(json, ",\"trace\":", entry.trace());
        write(entry.caller(), json);
        write(entry.request(), json);
        write(entry.ruling(), json);
        write(entry.end(), json);
        json.raw("}");
    }

    private static void write(AuditRecord.Caller caller, JsonBytes json) {
        text(json, ",\"principal\":", caller.principal());
        text(json, ",\"method\":", caller.method());
        text(json, ",\"authFailure\":", caller.failure());
    }

    private static void write(AuditRecord.Request request, JsonBytes json) {
        text(json, ",\"tool\":", request.tool());
        text(json, ",\"action\":", request.action());
        text(json, ",\"session\":", request.session());
        text(json, ",\"agent\":", request.agent());
        text(json, ",\"channel\":", request.channel());
        text(json, ",\"account\":", request.account());
        bytes(json, ",\"requestBytes\":", request.bytes());
    }

    private static void write(AuditRecord.Ruling ruling, JsonBytes json) {
        text(json, ",\"decision\":", ruling.decision());
        text(json, ",\"label\":", ruling.label());
        text(json, ",\"reason\":", ruling.reason());
        text(json, ",\"change\":", ruling.change());
    }

    private static void write(AuditRecord.End end, JsonBytes json) {
        text(json, ",\"plugin\":", end.plugin());
        text(json, ",\"pluginVersion\":", end.pluginVersion());
        json.raw(",\"outcome\":").string(end.outcome());
        text(json, ",\"category\":", end.category());
        json.raw(",\"status\":").number(end.status());
        json.raw(",\"durationMs\":");
        millis(end.nanos(), json);
        if (end.toolNanos() > 0) {
            json.raw(",\"toolMs\":");
            millis(end.toolNanos(), json);
        }
        bytes(json, ",\"resultBytes\":", end.bytes());
    }

    /** As {@link Instant#toString} has it: as many digits as are needed, in groups of three. */
    static void time(Instant time, JsonBytes json) {
        Second second = latest;
        if (second.epoch != time.getEpochSecond()) {
            String text = Instant.ofEpochSecond(time.getEpochSecond()).toString();
            second = new Second(time.getEpochSecond(), text.substring(0, text.length() - 1));
            latest = second;
        }
        json.raw(second.text);
        int nanos = time.getNano();
        if (nanos != 0) {
            json.raw(".");
            if (nanos % 1_000_000 == 0) {
                padded(nanos / 1_000_000, 100, json);
            } else if (nanos % 1_000 == 0) {
                padded(nanos / 1_000, 100_000, json);
            } else {
                padded(nanos, 100_000_000, json);
            }
        }
        json.raw("Z");
    }

    /** Thousandths of a millisecond, without zeros at the end. */
    static void millis(long nanos, JsonBytes json) {
        long micros = (nanos + 500) / 1_000;
        json.number(micros / 1_000).raw(".");
        int rest = (int) (micros % 1_000);
        if (rest % 100 == 0) {
            json.number(rest / 100);
        } else if (rest % 10 == 0) {
            padded(rest / 10, 10, json);
        } else {
            padded(rest, 100, json);
        }
    }

    private static void padded(int number, int highest, JsonBytes json) {
        for (int place = highest; place > number && place > 1; place /= 10) {
            json.raw("0");
        }
        json.number(number);
    }

    private static void bytes(JsonBytes json, String name, long count) {
        if (count > 0) {
            json.raw(name).number(count);
        }
    }

    private static void text(JsonBytes json, String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            json.raw(name).string(text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…");
        }
    }
}
