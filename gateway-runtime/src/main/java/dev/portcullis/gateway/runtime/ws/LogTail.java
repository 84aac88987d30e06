package dev.portcullis.gateway.runtime.ws;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The end of a log file.
 *
 * @param cursor where to read on next time
 * @param truncated whether something before these lines was left out
 * @param reset whether the file is another one than the cursor was for
 */
record LogTail(long cursor, long size, List<String> lines, boolean truncated, boolean reset) {
    /** @param cursor of the last answer; negative to begin with the end of the file */
    static LogTail read(Path file, long cursor, int mostLines, int mostBytes) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long size = in.length();
            boolean reset = cursor > size;
            long from = cursor < 0 || reset ? 0 : cursor;
            boolean truncated = size - from > mostBytes;
            long start = truncated ? size - mostBytes : from;
            boolean cut = start > 0 && start != cursor && !lineEndsBefore(in, start);
            in.seek(start);
            byte[] bytes = new byte[(int) (size - start)];
            in.readFully(bytes);
            // a line that is still being written is left for the next time
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            List<String> lines =
                    new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
            lines = cut && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines;
            boolean more = lines.size() > mostLines;
            return new LogTail(
                    start + end,
                    size,
                    List.copyOf(lines.subList(Math.max(0, lines.size() - mostLines), lines.size())),
                    truncated || more,
                    reset);
        }
    }

    private static boolean lineEndsBefore(RandomAccessFile in, long position) throws IOException {
        in.seek(position - 1);
        return in.read() == '\n';
    }
}
