package dev.portcullis.gateway.runtime.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

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

    /** Adds the records that came since. */
    void read(List<Map<String, Object>> records) throws IOException {
        byte[] now = file.beginning();
        if (file.size() < position || !AuditFile.beginsWith(now, beginning)) {
            position = 0;
            half.reset();
        }
        beginning = now;
        ByteBuffer block = ByteBuffer.allocate(64 * 1024);
        for (int count = file.read(block, position); count > 0; count = file.read(block, position)) {
            position += count;
            add(block.array(), count, records);
            block.clear();
        }
    }

    private void add(byte[] block, int count, List<Map<String, Object>> records) {
        for (int i = 0; i < count; i++) {
            if (block[i] == '\n') {
                AuditReader.parse(half.toString(StandardCharsets.UTF_8)).ifPresent(records::add);
                half.reset();
            } else {
                half.write(block[i]);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
