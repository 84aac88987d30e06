package dev.portcullis.gateway.runtime.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records as they are written, from now on. One thread. */
public final class AuditFollower {
    private final Path file;
    private final ByteArrayOutputStream half = new ByteArrayOutputStream();
    private long position;

    /** @throws IOException if the file cannot be looked at */
    public AuditFollower(Path file) throws IOException {
        this.file = file;
        this.position = Files.exists(file) ? Files.size(file) : 0;
    }

    /**
     * The records since the last call, oldest first; of a file that was archived in between, its end as well.
     *
     * @throws IOException if the file cannot be read
     */
    public List<Map<String, Object>> poll() throws IOException {
        List<Map<String, Object>> records = new ArrayList<>();
        if (!Files.exists(file)) {
            return records;
        }
        if (Files.size(file) < position) {
            Path archived = AuditFiles.archive(file, 1);
            if (Files.exists(archived) && Files.size(archived) >= position) {
                read(archived, records);
            }
            position = 0;
            half.reset();
        }
        read(file, records);
        return records;
    }

    private void read(Path one, List<Map<String, Object>> records) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(one.toFile(), "r")) {
            in.seek(position);
            byte[] block = new byte[64 * 1024];
            for (int count = in.read(block); count > 0; count = in.read(block)) {
                position += count;
                for (int i = 0; i < count; i++) {
                    if (block[i] == '\n') {
                        AuditReader.parse(half.toString(StandardCharsets.UTF_8)).ifPresent(records::add);
                        half.reset();
                    } else {
                        half.write(block[i]);
                    }
                }
            }
        }
    }
}
