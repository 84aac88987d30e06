package dev.portcullis.gateway.runtime.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Copies of the configuration files that a gateway served with, in its state directory, for the day when the file does not hold any
 * more. The newest comes first. Of more than five the one goes that served for the shortest time, never the newest: a row of bad
 * edits does not push out the one that served for months.
 */
public final class LastGood {
    private static final String NAME = "last-good-";
    private static final int KEPT = 5;

    /**
     * One of them.
     *
     * @param number 1 is the newest
     * @param since when a gateway began to serve with it
     */
    public record Copy(int number, Path file, Instant since) {}

    private LastGood() {}

    /** Those of one configuration file, the newest first. */
    public static List<Copy> of(Path served, Path stateDirectory) {
        List<Copy> copies = new ArrayList<>();
        for (int number = 1; number <= KEPT; number++) {
            Path file = file(served, stateDirectory, number);
            try {
                copies.add(
                        new Copy(number, file, Files.getLastModifiedTime(file).toInstant()));
            } catch (IOException none) {
                // the others count nevertheless
            }
        }
        return List.copyOf(copies);
    }

    private static Path file(Path served, Path stateDirectory, int number) {
        return stateDirectory.resolve(NAME + served.getFileName() + (number == 1 ? "" : "." + number));
    }

    /** Keeps a text that serves now. One that says nothing is none. */
    public static void keep(String text, Path served, Path stateDirectory) throws IOException {
        if (text.isBlank()) {
            return;
        }
        List<Copy> before = of(served, stateDirectory);
        if (!before.isEmpty() && before.getFirst().number() == 1 && says(before.getFirst(), text)) {
            return;
        }
        List<Copy> kept = new ArrayList<>();
        for (Copy copy : before) {
            if (!says(copy, text)) {
                kept.add(copy);
            }
        }
        while (kept.size() >= KEPT) {
            kept.remove(briefest(kept));
        }
        List<Path> gone = new ArrayList<>(before.stream().map(Copy::file).toList());
        shift(kept, served, stateDirectory);
        PrivateFile.write(text, file(served, stateDirectory, 1));
        gone.removeAll(IntStream.rangeClosed(1, kept.size() + 1)
                .mapToObj(number -> file(served, stateDirectory, number))
                .toList());
        for (Path file : gone) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean says(Copy copy, String text) throws IOException {
        try {
            return Files.readString(copy.file()).equals(text);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** The place of the one that served for the shortest time; each served until the next one did. */
    private static int briefest(List<Copy> copies) {
        Instant until = Instant.now();
        int place = 0;
        Duration least = null;
        for (int i = 0; i < copies.size(); i++) {
            Duration served = Duration.between(copies.get(i).since(), until);
            if (least == null || served.compareTo(least) < 0) {
                least = served;
                place = i;
            }
            until = copies.get(i).since();
        }
        return place;
    }

    /** Moves them to the places from 2 on, so that no copy is ever missing. */
    private static void shift(List<Copy> kept, Path served, Path stateDirectory) throws IOException {
        List<Path> aside = new ArrayList<>();
        for (Copy copy : kept) {
            Path made = copy.file().resolveSibling(copy.file().getFileName() + ".moving");
            Files.copy(copy.file(), made, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            aside.add(made);
        }
        for (int i = 0; i < aside.size(); i++) {
            Files.move(
                    aside.get(i),
                    file(served, stateDirectory, i + 2),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
