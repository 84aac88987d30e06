package dev.portcullis.gateway.runtime.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How far an audit file was read. One that was emptied is read from its start, even if it has as much in it again. */
final class AuditTail implements AutoCloseable {
    private final AuditFile file;
    private final ByteArrayOutputStream half = new ByteArrayOutputStream();
    private byte[] beginning;
    private long position;

    /** What is before the position was read already. */
    AuditTail(AuditFile file, long position) throws IOException {
        this.file = file;
        this.position = position;
        this.beginning = file.beginning();
    }

    AuditFile file() {
        return file;
    }

    /** Hands over the records that came since; says how many. */
    int read(Consumer<Map<String, Object>> records) throws IOException {
        // in this order: one that is emptied in between does not begin as it did
        long size = file.size();
        byte[] now = file.beginning();
        if (size < position || !AuditFile.beginsWith(now, beginning)) {
            position = 0;
            half.reset();
        }
        beginning = now;
        int found = 0;
        ByteBuffer block = ByteBuffer.allocate(64 * 1024);
        for (int count = file.read(block, position); count > 0; count = file.read(block, position)) {
            position += count;
            found += split(block.array(), count, records);
            block.clear();
        }
        return found;
    }

    private int split(byte[] block, int count, Consumer<Map<String, Object>> records) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (block[i] == '\n') {
                Optional<Map<String, Object>> entry = AuditReader.parse(half.toString(StandardCharsets.UTF_8));
                half.reset();
                if (entry.isPresent()) {
                    records.accept(entry.get());
                    found++;
                }
            } else {
                half.write(block[i]);
            }
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
