package dev.portcullis.gateway.runtime.http;

import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
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

    private static ConnectionSource busy() {
        ConnectionSource source = mock(ConnectionSource.class);
        when(source.handlerSince())
                .thenReturn(System.nanoTime() - Duration.ofSeconds(5).toNanos());
        return source;
    }
}
