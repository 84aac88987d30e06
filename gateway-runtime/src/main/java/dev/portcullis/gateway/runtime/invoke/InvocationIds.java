package dev.portcullis.gateway.runtime.invoke;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Ids of invocations: a random part for the process, a count within it. Unique, and cheap to make. */
public final class InvocationIds {
    private static final String PROCESS = HexFormat.of().withUpperCase().toHexDigits(new SecureRandom().nextInt());
    private static final AtomicLong COUNT = new AtomicLong();

    private InvocationIds() {}

    public static String next() {
        return PROCESS + "-" + Long.toString(COUNT.incrementAndGet(), 36);
    }
}
