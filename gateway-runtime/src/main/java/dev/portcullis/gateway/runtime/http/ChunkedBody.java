package dev.portcullis.gateway.runtime.http;

import io.helidon.common.buffers.DataReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chunked coding, RFC 9112 section 7.1, with a bound that is checked before a chunk is read. */
final class ChunkedBody {
    private static final int LONGEST_SIZE_LINE = 256;

    /** Extensions mean nothing here; what could be a line end to somebody before us must not be in them. */
    private static final Pattern SIZE_LINE =
            Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;[^\\x00-\\x08\\x0a-\\x1f\\x7f]*)?");

    private static final int LARGEST_TRAILERS = 4 * 1024;
    private static final int STEP = 64 * 1024;

    private ChunkedBody() {}

    /** @param more asked for the bytes of each chunk before it is read; false if they cannot be had */
    static byte[] read(DataReader reader, int most, LongPredicate more) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            long size = size(reader);
            if (body.size() + size > most) {
                throw new BodyFailure(BodyFailure.Kind.TOO_LARGE);
            }
            if (size == 0) {
                trailers(reader);
                return body.toByteArray();
            }
            if (!more.test(size)) {
                throw new BodyFailure(BodyFailure.Kind.TOO_MUCH);
            }
            for (long left = size; left > 0; left -= Math.min(left, STEP)) {
                body.writeBytes(reader.readBytes((int) Math.min(left, STEP)));
            }
            if (reader.read() != '\r' || reader.read() != '\n') {
                throw new BodyFailure(BodyFailure.Kind.MALFORMED);
            }
        }
    }

    private static long size(DataReader reader) {
        int end = reader.findNewLine(LONGEST_SIZE_LINE);
        if (end == LONGEST_SIZE_LINE) {
            throw new BodyFailure(BodyFailure.Kind.MALFORMED);
        }
        String line = new String(reader.readBytes(end), StandardCharsets.ISO_8859_1);
        reader.skip(2);
        Matcher parts = SIZE_LINE.matcher(line);
        if (!parts.matches()) {
            throw new BodyFailure(BodyFailure.Kind.MALFORMED);
        }
        return Long.parseLong(parts.group(1), 16);
    }

    private static void trailers(DataReader reader) {
        try {
            HeaderFields.skip(reader, LARGEST_TRAILERS);
        } catch (RequestHead.Refused malformed) {
            throw new BodyFailure(BodyFailure.Kind.MALFORMED);
        }
    }
}
