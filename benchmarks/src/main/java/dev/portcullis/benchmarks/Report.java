package dev.portcullis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Every round as JSON, medians as Markdown. */
final class Report {
    private final Path folder;
    private final String name;
    private final double loadBefore;
    private final double loadAfter;

    Report(Path folder, String name, double loadBefore, double loadAfter) {
        this.folder = folder;
        this.name = name;
        this.loadBefore = loadBefore;
        this.loadAfter = loadAfter;
    }

    void underLoad(List<Measurement> all, Map<String, Double> memory) throws IOException {
        StringBuilder text = new StringBuilder(machine());
        text.append("| scenario | loop | connections | calls/s | CPU us | KiB | p50 us | p99 us | p99.9 us |"
                        + " calls/s : echo")
                .append(" | CPU : echo | p99 : echo |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Measurement one : all) {
            Measurement echo = all.stream()
                    .filter(other -> other.scenario().equals(Fleet.ECHO)
                            && other.connections() == one.connections()
                            && other.loop().equals(one.loop()))
                    .findFirst()
                    .orElseThrow();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %.0f | %.1f | %.2f | %.0f | %.0f | %.0f | %.2f | %.2f ± %.2f | %.2f |%n",
                    one.scenario(),
                    one.loop(),
                    one.connections(),
                    one.median("calls/s"),
                    one.median("CPU us/call"),
                    one.median("allocated B/call") / 1024,
                    one.median("p50 us"),
                    one.median("p99 us"),
                    one.median("p99.9 us"),
                    one.ratio("calls/s", echo),
                    one.ratio("CPU us/call", echo),
                    one.uncertainty("CPU us/call", echo),
                    one.ratio("p99 us", echo)));
        }
        text.append('\n');
        memory.forEach((what, value) -> text.append(String.format(Locale.ROOT, "- %s: %.0f%n", what, value)));
        all.stream()
                .filter(one -> one.connections() == 64 && one.loop().equals("closed"))
                .forEach(one -> text.append(String.format(
                        Locale.ROOT,
                        "- %s: request %.0f bytes, answer %.0f bytes%n",
                        one.scenario(),
                        one.median("request B"),
                        one.median("answer B"))));
        write(text.toString(), Map.of("measurements", all, "memory", memory));
    }

    /** Pairs of servers, the first of which is what the others are compared with. */
    void compared(List<Measurement> all) throws IOException {
        StringBuilder text = new StringBuilder(machine());
        Measurement first = all.getFirst();
        text.append("| | calls/s | CPU us | KiB | p99 us | resident MiB | calls/s : first | CPU : first |\n")
                .append("|---|---|---|---|---|---|---|---|\n");
        for (Measurement one : all) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.1f | %.2f | %.0f | %.0f | %.3f ± %.3f | %.3f ± %.3f |%n",
                    one.scenario(),
                    one.median("calls/s"),
                    one.median("CPU us/call"),
                    one.median("allocated B/call") / 1024,
                    one.median("p99 us"),
                    one.median("resident MiB"),
                    one.ratio("calls/s", first),
                    one.uncertainty("calls/s", first),
                    one.ratio("CPU us/call", first),
                    one.uncertainty("CPU us/call", first)));
        }
        write(text.toString(), Map.of("measurements", all));
    }

    void told(String table, Map<String, Object> data) throws IOException {
        write(machine() + table, data);
    }

    void starts(List<Measurement> measurements) throws IOException {
        StringBuilder text = new StringBuilder(machine());
        text.append("| what | median | every run |\n|---|---|---|\n");
        measurements.forEach(measurement -> measurement
                .rounds()
                .forEach((quantity, values) -> text.append(String.format(
                        Locale.ROOT,
                        "| %s, %s | %.0f | %s |%n",
                        measurement.scenario(),
                        quantity,
                        measurement.median(quantity),
                        String.join(
                                " ",
                                values.stream()
                                        .map(value -> String.format(Locale.ROOT, "%.0f", value))
                                        .toList())))));
        write(text.toString(), Map.of("measurements", measurements));
    }

    private String machine() {
        return String.format(
                Locale.ROOT,
                "%s, Java %s, %d processors, load average %.1f before and %.1f after.%n%n",
                Measure.when(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                loadAfter);
    }

    private void write(String markdown, Map<String, Object> data) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>(data);
        document.put("when", Measure.when());
        document.put("java", Runtime.version().toString());
        document.put("processors", Runtime.getRuntime().availableProcessors());
        document.put("loadBefore", loadBefore);
        document.put("loadAfter", loadAfter);
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.write(folder.resolve(name + ".json"), json.writeValueAsBytes(document));
        Files.writeString(folder.resolve(name + ".md"), markdown);
        System.out.print(markdown);
    }
}
