package dev.portcullis.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where one scenario's processor time and memory go, of a recording made while it was under load: by the part of the road
 * that was running (the innermost method of ours, with all that it called), and by the methods at the top of the stack.
 */
final class Profile {
    private static final int LONGEST_TABLE = 40;
    private static final List<String> OURS = List.of("dev.portcullis.");

    private final Map<String, Map<String, Double>> tables = new LinkedHashMap<>();

    enum What {
        CPU("jdk.CPUTimeSample"),

        /** Every single object, of a JVM that was started with {@link #EVERY_OBJECT}; samples are biased. */
        MEMORY("jdk.ObjectAllocationOutsideTLAB");

        static final String EVERY_OBJECT = "-XX:-UseTLAB";

        private final String event;

        What(String event) {
            this.event = event;
        }
    }

    static void record(What what, ServerProcess server, Path file, LoadWork load) throws Exception {
        jcmd(server, "JFR.start", "name=profile", "settings=" + settings(file, what));
        load.run();
        jcmd(server, "JFR.dump", "name=profile", "filename=" + file);
        jcmd(server, "JFR.stop", "name=profile");
    }

    interface LoadWork {
        void run() throws IOException;
    }

    private static Path settings(Path beside, What what) throws IOException {
        return Files.writeString(beside.resolveSibling("profile.jfc"), """
                <?xml version="1.0" encoding="UTF-8"?>
                <configuration version="2.0">
                  <event name="%s"><setting name="enabled">true</setting>
                    <setting name="throttle">5ms</setting><setting name="stackTrace">true</setting></event>
                </configuration>
                """.formatted(what.event));
    }

    private static void jcmd(ServerProcess server, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(server.pid())));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("jcmd failed: " + String.join(" ", arguments));
        }
    }

    /** Reads a recording into tables. */
    static String tables(Path file) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.CPUTimeSample" -> profile.count("CPU", event, 1);
                    case "jdk.ObjectAllocationOutsideTLAB" -> {
                        long bytes = event.getLong("allocationSize");
                        profile.count("memory", event, bytes);
                        profile.add(
                                "memory by class", event.getClass("objectClass").getName(), bytes);
                    }
                    default -> {}
                }
            }
        }
        return profile.markdown();
    }

    private void count(String what, RecordedEvent event, double weight) {
        RecordedStackTrace trace = event.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) {
            add(what + " by innermost method of ours", "(no stack)", weight);
            return;
        }
        List<RecordedFrame> frames = trace.getFrames();
        add(what + " by top method", name(frames.getFirst(), true), weight);
        add(what + " by innermost method of ours", ours(frames), weight);
        Set<String> seen = new LinkedHashSet<>();
        for (RecordedFrame frame : frames) {
            String name = name(frame, false);
            if (seen.add(name)) {
                add(what + " inclusive", name, weight);
            }
        }
    }

    private static String ours(List<RecordedFrame> frames) {
        Function<RecordedFrame, String> name = frame -> name(frame, false);
        return frames.stream()
                .filter(frame ->
                        OURS.stream().anyMatch(frame.getMethod().getType().getName()::startsWith))
                .findFirst()
                .map(name)
                .orElseGet(() -> "(" + name.apply(frames.getLast()) + ")");
    }

    private static String name(RecordedFrame frame, boolean line) {
        String type = frame.getMethod().getType().getName();
        String shortened = type.replaceFirst("\\b(dev\\.portcullis\\.(gateway\\.runtime\\.)?)", "");
        return shortened + "." + frame.getMethod().getName() + (line ? ":" + frame.getLineNumber() : "");
    }

    private void add(String table, String row, double weight) {
        tables.computeIfAbsent(table, t -> new LinkedHashMap<>()).merge(row, weight, Double::sum);
    }

    private String markdown() {
        StringBuilder text = new StringBuilder();
        tables.forEach((title, rows) -> {
            boolean inclusive = title.endsWith("inclusive");
            String base = inclusive ? title.replace("inclusive", "by top method") : title;
            double total = tables.getOrDefault(base, rows).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            text.append("\n### ").append(title).append("\n\n| % | |\n|---|---|\n");
            rows.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                    .limit(inclusive ? 2L * LONGEST_TABLE : LONGEST_TABLE)
                    .forEach(row -> text.append(
                            String.format(Locale.ROOT, "| %.1f | %s |%n", 100 * row.getValue() / total, row.getKey())));
        });
        return text.toString();
    }
}
