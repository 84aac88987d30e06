package dev.portcullis.gateway.runtime;

import java.math.BigDecimal;
import java.util.Objects;

/** Does beside a start what the start would come to, and wait for. */
final class HeadStart {
    private HeadStart() {}

    /**
     * Before its first use, {@code BigDecimal} works out powers of five of up to 150,000 bits, and every reader of JSON uses it. It
     * needs nothing for that which would wait for it in turn.
     */
    static void take() {
        Thread.ofPlatform().daemon().name("head-start").start(() -> Objects.requireNonNull(BigDecimal.ZERO));
    }
}
