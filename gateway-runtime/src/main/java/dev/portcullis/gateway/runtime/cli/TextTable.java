package dev.portcullis.gateway.runtime.cli;

import java.util.ArrayList;
import java.util.List;

/** Aligned columns of plain text; no borders, so that it can be cut and searched with ordinary tools. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        row(header);
    }

    TextTable row(String... cells) {
        rows.add(List.of(cells).stream().map(TextTable::oneLine).toList());
        return this;
    }

    boolean isEmpty() {
        return rows.size() <= 1;
    }

    List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).repeat(' ', widths[column] - cell.length()).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    /** What others wrote must not break the table, nor steer the terminal. */
    private static String oneLine(String cell) {
        return Printable.line(cell);
    }
}
