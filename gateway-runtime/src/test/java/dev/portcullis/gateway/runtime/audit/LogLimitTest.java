package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.zoo.LogBook;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogLimitTest {
    @Test
    void firstFewOfAMinuteAreSaidAndThenHowManyThereWere() {
        AtomicLong now = new AtomicLong();
        try (LogBook said = new LogBook()) {
            LogLimit limit = new LogLimit(System.getLogger("dev.portcullis.test"), System.Logger.Level.ERROR, now::get);
            for (int i = 0; i < 100; i++) {
                limit.log(() -> "it failed again");
            }
            now.addAndGet(Duration.ofMinutes(1).toNanos());

            limit.log(() -> "it failed again");

            assertEquals(LogLimit.SAID + 1, said.with("it failed again").size());
            assertEquals(1, said.with((100 - LogLimit.SAID) + " more times").size());
        }
    }
}
