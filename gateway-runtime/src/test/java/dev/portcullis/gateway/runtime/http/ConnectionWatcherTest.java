package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionWatcherTest {
    @Test
    void connectionThatCannotBeWatchedHidesNoOther() {
        ConnectionSource broken = busy();
        doThrow(new StackOverflowError()).when(broken).watch();
        ConnectionSource other = busy();
        try (ConnectionWatcher watcher = new ConnectionWatcher(Duration.ofSeconds(60))) {
            watcher.add(broken);
            watcher.start();
            verify(broken, timeout(30_000).atLeastOnce()).watch();

            watcher.add(other);

            verify(other, timeout(30_000).atLeastOnce()).watch();
        }
    }

    @Test
    void interruptByAToolDoesNotEndTheWatch() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (ConnectionWatcher watcher = new ConnectionWatcher(Duration.ofSeconds(60))) {
            watcher.start();
            // those of other tests, too, if there are any
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("connection-watcher"))
                    .forEach(Thread::interrupt);

            watcher.limit(Duration.ofMillis(200), late::countDown);

            assertTrue(late.await(30, TimeUnit.SECONDS));
        }
    }

    private static ConnectionSource busy() {
        ConnectionSource source = mock(ConnectionSource.class);
        when(source.handlerSince())
                .thenReturn(System.nanoTime() - Duration.ofSeconds(5).toNanos());
        return source;
    }
}
