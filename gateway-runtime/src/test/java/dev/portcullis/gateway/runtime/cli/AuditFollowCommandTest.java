package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditFollowCommandTest {
    @TempDir
    Path folder;

    /** As {@code head -1} is: it reads so many lines, and goes. */
    private static final class Reader extends OutputStream {
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private int lines;

        Reader(int lines) {
            this.lines = lines;
        }

        @Override
        public void write(int character) throws IOException {
            if (lines == 0) {
                throw new IOException("Broken pipe");
            }
            seen.write(character);
            if (character == '\n') {
                lines--;
            }
        }
    }

    @Test
    void itEndsWhenNobodyReadsAnyMore() throws Exception {
        Path file = Files.createFile(folder.resolve("audit.jsonl"));
        Reader reader = new Reader(1);
        PrintWriter out = new PrintWriter(new PrintStream(reader, false), true, StandardCharsets.UTF_8);
        AuditFollowCommand command = new AuditFollowCommand(mock(CliContext.class));
        FutureTask<Integer> following = new FutureTask<>(() -> command.run(file, new Output(out, out, true)));
        Thread.ofPlatform().start(following);

        while (!following.isDone()) {
            Files.writeString(file, "{\"invocation\":\"A-1\"}\n", StandardOpenOption.APPEND);
            Thread.sleep(10);
        }

        assertEquals(ExitStatus.OK, following.get());
        assertEquals(1, reader.seen.toString(StandardCharsets.UTF_8).lines().count());
    }
}
