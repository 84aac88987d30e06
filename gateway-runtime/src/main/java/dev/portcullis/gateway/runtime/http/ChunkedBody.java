package dev.portcullis.gateway.runtime.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The chunked coding, RFC 9112 section 7.1, with a bound that is checked before a chunk is read. */
final class ChunkedBody {
    private static final int LONGEST_SIZE_LINE = 256;
    private static final int LARGEST_TRAILERS = 4 * 1024;
    private static final int STEP = 64 * 1024;

    private ChunkedBody() {}

    static byte[] read(Inbox reader, int most) {
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
            for (long left = size; left > 0; left -= Math.min(left, STEP)) {
                body.writeBytes(reader.readBytes((int) Math.min(left, STEP)));
            }
            if (reader.read() != '\r' || reader.read() != '\n') {
                throw new BodyFailure(BodyFailure.Kind.MALFORMED);
            }
        }
    }

    private static long size(Inbox reader) {
        int end = reader.line(0, LONGEST_SIZE_LINE);
        if (end == LONGEST_SIZE_LINE) {
            throw new BodyFailure(BodyFailure.Kind.MALFORMED);
        }
        String line = new String(reader.readBytes(end), StandardCharsets.US_ASCII);
        reader.skip(2);
        int extension = line.indexOf(';');
        String digits = (extension < 0 ? line : line.substring(0, extension)).stripTrailing();
        if (digits.isEmpty()
                || digits.length() > 8
                || !digits.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0)) {
            throw new BodyFailure(BodyFailure.Kind.MALFORMED);
        }
        return Long.parseLong(digits, 16);
    }

    private static void trailers(Inbox reader) {
        try {
            reader.skip(FieldLines.read(reader, 0, LARGEST_TRAILERS).length());
        } catch (RequestHead.Refused malformed) {
            throw new BodyFailure(BodyFailure.Kind.MALFORMED);
        }
    }
}
