package dev.portcullis.gateway.runtime.audit;

import dev.portcullis.gateway.runtime.json.JsonBytes;
import java.time.Instant;

/**
 * Requests that were refused before anybody was admitted, and are not recorded one by one.
 *
 * @param last of them
 * @param client whom they are attributed to: an address, a network, or more than can be told apart
 * @param since when the first of them came
 * @param count of them
 */
record RefusedRequests(AuditRecord last, String client, Instant since, long count) {
    void write(JsonBytes json) {
        AuditRecord one = new AuditRecord(
                last.time(),
                last.invocation(),
                last.surface(),
                client,
                last.peer(),
                null,
                last.caller(),
                last.request(),
                last.ruling(),
                last.end(),
                last.steps());
        AuditLine.write(one, json);
        json.cut(json.length() - 1);
        json.raw(",\"count\":").number(count).raw(",\"since\":\"");
        AuditLine.time(since, json);
        json.raw("\"}");
    }
}
