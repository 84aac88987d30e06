package dev.portcullis.gateway.runtime.audit;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An audit file and its archives, which are numbered from the newest: {@code audit.jsonl}, {@code audit.1.jsonl}. */
final class AuditFiles {
    /** More than are ever kept, and less than a year: what others name by the date is no archive. */
    private static final int LARGEST_NUMBER = 1_500;

    private static final int LONGEST_NUMBER = 4;

    private AuditFiles() {}

    /** Whether there is one of them. */
    static boolean any(Path file) throws IOException {
        return Files.exists(file) || oldest(file) > 0;
    }

    /** The number of the oldest archive; 0 if there is none. */
    static int oldest(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return 0;
        }
        int oldest = 0;
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            for (Path name : names) {
                oldest = Math.max(oldest, number(file, name));
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return oldest;
    }

    /** What a file would be as an archive; 0 if it cannot be one. */
    private static int number(Path file, Path other) {
        String name = other.getFileName().toString();
        String own = file.getFileName().toString();
        int dot = dot(own);
        String end = own.substring(dot);
        int from = dot + 1;
        int to = name.length() - end.length();
        if (to <= from
                || to - from > LONGEST_NUMBER
                || !name.startsWith(own.substring(0, dot) + ".")
                || !name.endsWith(end)) {
            return 0;
        }
        String digits = name.substring(from, to);
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9') || digits.charAt(0) == '0') {
            return 0;
        }
        int number = Integer.parseInt(digits);
        return number <= LARGEST_NUMBER ? number : 0;
    }

    /** Gives every archive the next number, and the file the first: its name is free for a new one. */
    static void shift(Path file) throws IOException {
        for (int age = oldest(file); age >= 0; age--) {
            Path younger = archive(file, age);
            if (Files.exists(younger) && !Files.isDirectory(younger)) {
                Files.move(younger, archive(file, age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static Path archive(Path file, int age) {
        if (age == 0) {
            return file;
        }
        String name = file.getFileName().toString();
        int dot = dot(name);
        return file.resolveSibling(name.substring(0, dot) + "." + age + name.substring(dot));
    }

    /** Where requests are recorded that were refused before anybody was admitted. */
    static Path refused(Path file) {
        String name = file.getFileName().toString();
        int dot = dot(name);
        return file.resolveSibling(name.substring(0, dot) + "-refused" + name.substring(dot));
    }

    /** Where the ending of a name begins; its length if it has none. */
    private static int dot(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name.length() : dot;
    }
}
