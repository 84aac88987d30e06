package dev.portcullis.gateway.runtime.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What happens to bytes on their way, by chance. */
final class Mangled {
    private Mangled() {}

    /** The same bytes, or some of them changed into nasty ones, or broken off; all in their place. */
    static byte[] damaged(byte[] bytes, byte[] nasty, Random random) {
        int changes = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = nasty[random.nextInt(nasty.length)];
        }
        return random.nextInt(15) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    /** The same bytes in small pieces, every other time in tiny ones. */
    static byte[][] pieces(byte[] bytes, int small, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        int largest = 1 + random.nextInt(random.nextBoolean() ? 3 : small);
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(largest));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces.toArray(byte[][]::new);
    }
}
