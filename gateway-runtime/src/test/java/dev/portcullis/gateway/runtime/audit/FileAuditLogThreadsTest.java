package dev.portcullis.gateway.runtime.audit;

import static dev.portcullis.gateway.runtime.audit.FileAuditLogTest.lineWithinReason;
import static dev.portcullis.gateway.runtime.audit.FileAuditLogTest.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import dev.portcullis.gateway.runtime.zoo.LogBook;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What threads do to each other at an audit log: they interrupt it, hang, or have all the carriers. */
@Timeout(60)
class FileAuditLogThreadsTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void interruptedThreadWaitsForTheEndAsWell() throws Exception {
        try (HungDisk disk = HungDisk.in(folder)) {
            FileAuditLog log = FileAuditLog.open(disk.file(), Long.MAX_VALUE, Duration.ofMillis(200));
            disk.hang(() -> log.append(record("probe")));

            Thread.currentThread().interrupt();
            log.close();

            assertTrue(Thread.interrupted());
            assertTrue(log.backlog().lost() > 0, "it did not wait until there was no hope");
        }
    }

    @Test
    void writerThatIsInterruptedGoesOnAndRests() throws Exception {
        Path file = folder.resolve("audit.jsonl");
        try (FileAuditLog log = FileAuditLog.open(file, Long.MAX_VALUE)) {
            Thread writer = writer();

            writer.interrupt();
            while (writer.isInterrupted()) {
                Thread.sleep(5);
            }
            log.append(record("after"));

            assertTrue(lineWithinReason(folder).contains("after"));
        }
    }

    /** The youngest: those of other tests may be about to end. */
    private static Thread writer() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("audit"))
                .max(Comparator.comparingLong(Thread::threadId))
                .orElseThrow();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endDoesNotWaitForADiskThatHangsAndSaysHowManyRecordsItCost() throws Exception {
        try (HungDisk disk = HungDisk.in(folder);
                LogBook said = new LogBook()) {
            FileAuditLog log = FileAuditLog.open(disk.file(), Long.MAX_VALUE, Duration.ofMillis(200));
            int sent = disk.hang(() -> log.append(record("probe")));

            log.close();

            long lost = log.backlog().lost();
            assertTrue(lost > 0 && lost <= sent, lost + " of " + sent);
            assertEquals(
                    1,
                    said.with(disk.file().toString(), " " + lost + " records").size());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endOfALogThatLostRecordsSaysHowMany() throws Exception {
        try (LogBook said = new LogBook()) {
            FileAuditLog log = FileAuditLog.open(Path.of("/dev/full"), Long.MAX_VALUE);
            log.append(record("a"));
            log.append(record("b"));

            log.close();

            assertEquals(1, said.with("/dev/full", " 2 records").size());
        }
    }

    @Test
    void threadOfTheSystemDoesNotStandBehindAVirtualOneThatHasNoCarrier() throws Exception {
        try (FileAuditLog log = FileAuditLog.open(folder.resolve("audit.jsonl"), Long.MAX_VALUE);
                Carriers carriers = new Carriers()) {
            CountDownLatch inside = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            AuditRecord slow = mock(AuditRecord.class, call -> {
                inside.countDown();
                go.await();
                throw new IllegalStateException("slow");
            });
            Thread holder = Thread.ofPlatform().start(() -> log.append(slow));
            inside.await();
            Thread virtual = Thread.ofVirtual().start(() -> log.append(record("virtual")));
            awaitWaiting(virtual);
            carriers.occupy();
            Thread platform = Thread.ofPlatform().start(() -> log.append(record("platform")));
            awaitWaiting(platform);

            go.countDown();

            assertTrue(platform.join(Duration.ofSeconds(20)));
            holder.join();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void threadOfTheSystemThatWaitsForRoomDoesNotStandBehindThemEither() throws Exception {
        try (HungDisk disk = HungDisk.in(folder);
                FileAuditLog log = FileAuditLog.open(disk.file(), Long.MAX_VALUE);
                Carriers carriers = new Carriers()) {
            Thread virtual = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 50_000; i++) {
                    log.append(record("virtual"));
                }
            });
            awaitWaiting(virtual);
            Thread platform = Thread.ofPlatform().start(() -> log.append(record("platform")));
            awaitWaiting(platform);
            carriers.occupy();

            disk.recover();

            assertTrue(platform.join(Duration.ofSeconds(20)));
            carriers.close();
            virtual.join();
        }
    }

    /** It waits for something that does not come by itself. */
    private static void awaitWaiting(Thread thread) throws InterruptedException {
        for (int i = 0; i < 20; ) {
            Thread.State state = thread.getState();
            // not in a row: one that looks again and again waits for a processor at times
            i += state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING ? 1 : 0;
            Thread.sleep(5);
        }
    }

    /** Those that virtual threads run on, and that threads which do not yield keep from them. */
    private static final class Carriers implements AutoCloseable {
        private volatile boolean over;

        void occupy() throws InterruptedException {
            CountDownLatch occupied = new CountDownLatch(Runtime.getRuntime().availableProcessors());
            for (int i = 0; i < 64; i++) {
                Thread.ofVirtual().start(() -> {
                    occupied.countDown();
                    while (!over) {
                        Thread.onSpinWait();
                    }
                });
            }
            occupied.await();
        }

        @Override
        public void close() {
            over = true;
        }
    }

    /** A pipe that nobody empties: what is full of it takes nothing more, and does not say so. */
    private record HungDisk(Path file, FileChannel end) implements AutoCloseable {
        static HungDisk in(Path folder) throws Exception {
            Path file = folder.resolve("pipe");
            assertEquals(
                    0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
            // for both directions: to open it for one waits for the other
            return new HungDisk(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        }

        /** Fills it; how often that was tried. */
        int hang(Runnable write) throws InterruptedException {
            int times = 1_000;
            for (int i = 0; i < times; i++) {
                write.run();
            }
            awaitWriting(writer());
            return times;
        }

        private static void awaitWriting(Thread writer) throws InterruptedException {
            for (int i = 0; i < 20; ) {
                boolean inside = Arrays.stream(writer.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("writeLines"));
                i = inside ? i + 1 : 0;
                Thread.sleep(5);
            }
        }

        void recover() {
            Thread.ofPlatform().daemon().start(() -> {
                ByteBuffer block = ByteBuffer.allocate(1 << 16);
                try {
                    while (end.read(block.clear()) >= 0) {
                        // it is only to be taken
                    }
                } catch (IOException closed) {
                    // by the end of the test
                }
            });
        }

        @Override
        public void close() throws IOException {
            end.close();
        }
    }
}
