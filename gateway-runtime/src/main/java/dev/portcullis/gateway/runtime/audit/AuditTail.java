package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The end of an audit file, for operators who ask what happened just now. */
public final class AuditTail {
    /** Some thousand records; who wants more reads the file. */
    private static final int FARTHEST = 1024 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, Object>> RECORD = new TypeReference<>() {};

    private AuditTail() {}

    /**
     * The last records, newest first, each as plain values; none if there is no file yet.
     *
     * @throws UncheckedIOException if the file cannot be read
     */
    public static List<Map<String, Object>> last(Path file, int most) {
        List<Map<String, Object>> records = new ArrayList<>();
        if (!Files.exists(file)) {
            return records;
        }
        String[] lines = end(file).split("\n", -1);
        for (int i = lines.length - 1; i >= 0 && records.size() < most; i--) {
            if (!lines[i].isBlank()) {
                try {
                    records.add(JSON.readValue(lines[i], RECORD));
                } catch (JacksonException cut) {
                    // the first line of the part that was read, or one that is being written
                }
            }
        }
        return records;
    }

    private static String end(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, in.length() - FARTHEST);
            in.seek(start);
            byte[] bytes = new byte[(int) (in.length() - start)];
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
