package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodTest {
    @TempDir
    Path state;

    private void served(String text, Duration ago) throws Exception {
        LastGood.keep(text, file(), state);
        Files.setLastModifiedTime(
                LastGood.of(file(), state).getFirst().file(),
                FileTime.from(Instant.now().minus(ago)));
    }

    private Path file() {
        return state.resolve("gateway.conf");
    }

    private List<String> texts() {
        return LastGood.of(file(), state).stream()
                .map(copy -> {
                    try {
                        return Files.readString(copy.file());
                    } catch (java.io.IOException gone) {
                        throw new java.io.UncheckedIOException(gone);
                    }
                })
                .toList();
    }

    @Test
    void newestComesFirst() throws Exception {
        served("a", Duration.ofDays(2));
        served("b", Duration.ofDays(1));

        assertEquals(List.of("b", "a"), texts());
        assertEquals(
                "last-good-gateway.conf",
                LastGood.of(file(), state).getFirst().file().getFileName() + "");
    }

    @Test
    void textThatSaysNothingIsNotKept() throws Exception {
        served("a", Duration.ofDays(2));
        LastGood.keep(" \n", file(), state);

        assertEquals(List.of("a"), texts());
    }

    @Test
    void oneThatServedForLongIsNotPushedOutByARowOfEdits() throws Exception {
        served("for a month", Duration.ofDays(30));
        for (int i = 20; i > 0; i--) {
            served("edit " + i, Duration.ofMinutes(i));
        }

        assertEquals(5, texts().size());
        assertEquals("edit 1", texts().getFirst());
        assertEquals("for a month", texts().getLast());
    }

    @Test
    void textThatServesAgainIsKeptOnce() throws Exception {
        served("a", Duration.ofDays(3));
        served("b", Duration.ofDays(2));
        served("a", Duration.ofDays(1));

        assertEquals(List.of("a", "b"), texts());
    }
}
