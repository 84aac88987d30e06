package dev.portcullis.gateway.runtime.invoke;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Ids of invocations: a random part for the process, a count within it. Unique, and cheap to make. */
public final class InvocationIds {
    private static final String PROCESS = HexFormat.of().withUpperCase().toHexDigits(new SecureRandom().nextInt());
    private static final int BASE = 36;
    private static final AtomicLong COUNT = new AtomicLong();

    private InvocationIds() {}

    public static String next() {
        long count = COUNT.incrementAndGet();
        int end = PROCESS.length() + 2;
        for (long left = count / BASE; left > 0; left /= BASE) {
            end++;
        }
        byte[] id = new byte[end];
        for (int i = 0; i < PROCESS.length(); i++) {
            id[i] = (byte) PROCESS.charAt(i);
        }
        id[PROCESS.length()] = '-';
        for (long left = count; end > PROCESS.length() + 1; left /= BASE) {
            id[--end] = (byte) Character.forDigit((int) (left % BASE), BASE);
        }
        return new String(id, StandardCharsets.ISO_8859_1);
    }
}
