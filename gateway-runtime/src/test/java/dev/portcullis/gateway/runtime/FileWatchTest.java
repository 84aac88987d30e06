package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileWatchTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failureOfOneChangeIsNotTheEndOfWatching(boolean error) throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.conf"), "1");
        CountDownLatch failed = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        try (FileWatch watch = new FileWatch(() -> Set.of(file))) {
            watch.start(
                    () -> {
                        if (failed.getCount() > 0) {
                            failed.countDown();
                            if (error) {
                                throw new NoClassDefFoundError("of a plugin");
                            }
                            throw new IllegalStateException("of a plugin");
                        }
                        seen.countDown();
                    },
                    () -> false);
            Files.writeString(file, "22");
            assertTrue(failed.await(30, TimeUnit.SECONDS));
            Files.writeString(file, "333");

            assertTrue(seen.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void interruptIsNotTheEndOfWatching() throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.conf"), "1");
        CountDownLatch seen = new CountDownLatch(1);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (FileWatch watch = new FileWatch(() -> Set.of(file))) {
            watch.start(seen::countDown, () -> false);
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread ->
                            !before.contains(thread) && thread.getName().equals("config-watch"))
                    .forEach(Thread::interrupt);
            Files.writeString(file, "22");

            assertTrue(seen.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void filesThatCannotBeNamedOnceAreLookedAtAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("gateway.conf"), "1");
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch seen = new CountDownLatch(1);
        try (FileWatch watch = new FileWatch(() -> {
            if (asked.incrementAndGet() == 2) {
                throw new IllegalStateException("once");
            }
            return Set.of(file);
        })) {
            watch.start(seen::countDown, () -> false);
            Files.writeString(file, "22");

            assertTrue(seen.await(30, TimeUnit.SECONDS));
        }
    }
}
