package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final Queue<Runnable> started = new ArrayDeque<>();
    private boolean memory = true;
    private final Heartbeat heartbeat = new Heartbeat(beat -> {
        if (!memory) {
            throw new OutOfMemoryError("of a test");
        }
        started.add(beat);
    });

    @Test
    void beatThatDoesNotRunIsSilence() {
        long now = System.nanoTime();
        heartbeat.silence(now);

        long silence = heartbeat.silence(now + 1_000);

        assertEquals(1_000, silence);
    }

    @Test
    void beatThatRanEndsTheSilence() {
        heartbeat.silence(System.nanoTime());
        started.remove().run();

        long silence = heartbeat.silence(System.nanoTime());

        assertEquals(0, silence);
        assertEquals(1, started.size(), "the next one");
    }

    @Test
    void beatThatCouldNotBeStartedIsNotWaitedFor() {
        memory = false;
        assertThrows(OutOfMemoryError.class, () -> heartbeat.silence(System.nanoTime()));
        memory = true;

        long silence = heartbeat.silence(System.nanoTime());

        assertEquals(0, silence);
        assertTrue(started.size() == 1, "it was started again");
    }
}
