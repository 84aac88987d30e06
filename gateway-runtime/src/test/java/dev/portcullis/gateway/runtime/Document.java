package dev.portcullis.gateway.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document of the project, for tests that hold it against the code. */
public final class Document {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A fenced block with the table right below it. */
    public record Example(int line, String text, List<Map<String, String>> rows) {}

    private final String name;
    private final List<String> lines;

    private Document(String name, List<String> lines) {
        this.name = name;
        this.lines = lines;
    }

    /** A file in {@code docs}. */
    public static Document of(String name) {
        Path file = Path.of(System.getProperty("project.basedir"), "..", "docs", name);
        try {
            return new Document(name, Files.readAllLines(file));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** The rows of the first table below a heading, by the words of the table's head. */
    public List<Map<String, String>> table(String heading) {
        int start = lines.indexOf(heading);
        if (start < 0) {
            throw new AssertionError(name + " has no heading \"" + heading + "\"");
        }
        for (int i = start + 1; i < lines.size() && !lines.get(i).startsWith("#"); i++) {
            if (lines.get(i).startsWith("|")) {
                return rows(i);
            }
        }
        throw new AssertionError(name + " has no table below \"" + heading + "\"");
    }

    /** What stands below a heading, up to the next one. */
    public String section(String heading) {
        int start = lines.indexOf(heading);
        if (start < 0) {
            throw new AssertionError(name + " has no heading \"" + heading + "\"");
        }
        int end = start + 1;
        while (end < lines.size() && !lines.get(end).startsWith("#")) {
            end++;
        }
        return String.join("\n", lines.subList(start + 1, end));
    }

    /** The fenced blocks in a language that a table follows. */
    public List<Example> examples(String language) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```" + language)) {
                int end = i + 1;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                if (lines.get(end + 2).startsWith("|")) {
                    examples.add(new Example(i + 1, String.join("\n", lines.subList(i + 1, end)), rows(end + 2)));
                }
                i = end;
            }
        }
        return examples;
    }

    /** What a cell has in code style. */
    public static List<String> code(String cell) {
        List<String> found = new ArrayList<>();
        Matcher matcher = CODE.matcher(cell);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** A cell without marks of style. */
    public static String plain(String cell) {
        return cell.replace("`", "");
    }

    private List<Map<String, String>> rows(int head) {
        List<String> names = cells(lines.get(head));
        List<Map<String, String>> rows = new ArrayList<>();
        for (int i = head + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
            List<String> cells = cells(lines.get(i));
            if (cells.size() != names.size()) {
                throw new AssertionError(name + ":" + (i + 1) + " has " + cells.size() + " cells, not " + names.size());
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int cell = 0; cell < cells.size(); cell++) {
                row.put(names.get(cell), cells.get(cell));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> cells(String line) {
        String inner = line.substring(1, line.lastIndexOf('|'));
        return Arrays.stream(inner.split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.replace("\\|", "|").strip())
                .toList();
    }
}
