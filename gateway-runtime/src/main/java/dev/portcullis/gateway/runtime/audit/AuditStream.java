package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Records of calls and of refusals as they are written, from now on, in the order of their times. One thread. */
public final class AuditStream implements AutoCloseable {
    private final AuditFollower calls;
    private final AuditFollower refusals;

    /** @throws IOException if a file cannot be looked at */
    public AuditStream(Path file) throws IOException {
        calls = new AuditFollower(file);
        try {
            refusals = new AuditFollower(AuditFiles.refused(file));
        } catch (IOException unreadable) {
            calls.close();
            throw unreadable;
        }
    }

    /**
     * Hands over the records since the last call, oldest first; if a file was archived in between, those of the archives as well.
     *
     * @param gap is run where some may be missing, because archives were removed before they could be read
     * @return how many there were
     * @throws IOException if a file cannot be read
     */
    public int poll(Consumer<Map<String, Object>> records, Runnable gap) throws IOException {
        List<Map<String, Object>> refused = new ArrayList<>();
        int count = refusals.poll(refused::add, gap);
        int[] next = {0};
        count += calls.poll(
                call -> {
                    while (next[0] < refused.size() && AuditOrder.before(refused.get(next[0]), call)) {
                        records.accept(refused.get(next[0]++));
                    }
                    records.accept(call);
                },
                gap);
        refused.subList(next[0], refused.size()).forEach(records);
        return count;
    }

    @Override
    public void close() throws IOException {
        try (calls) {
            refusals.close();
        }
    }
}
