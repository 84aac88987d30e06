package dev.portcullis.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command, the folder for results, then options. */
final class Measure {
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(4);

    /** Milliseconds after which a gateway has noticed that nobody calls any more. */
    private static final long REST = 20_000;

    private final Path results;
    private final Path home = Path.of(System.getProperty("portcullis.home"));
    private int rounds = 3;
    private Path against;
    private int runs = 7;
    private String scenario = Fleet.GOVERNED;
    private int swaps = 200;
    private double every = 2;
    private double rate = 2_000;
    private double seconds = 1.5;
    private List<Integer> connections = List.of(1, 16, 64, 256);
    private final double loadBefore = load();

    private Measure(Path results) {
        this.results = results;
    }

    public static void main(String[] args) throws Exception {
        Measure measure = new Measure(Path.of(args[1]));
        for (int i = 2; i < args.length; i++) {
            switch (args[i]) {
                case "--quick" -> {
                    measure.rounds = 3;
                    measure.seconds = 1;
                    measure.connections = List.of(64);
                }
                case "--rounds" -> measure.rounds = Math.clamp(Integer.parseInt(args[++i]), 1, 500);
                case "--seconds" -> measure.seconds = Math.clamp(Double.parseDouble(args[++i]), 0.2, 30);
                case "--against" -> measure.against = Path.of(args[++i]);
                case "--scenario" -> measure.scenario = args[++i];
                case "--swaps" -> measure.swaps = Math.clamp(Integer.parseInt(args[++i]), 1, 1_000);
                case "--every" -> measure.every = Math.clamp(Double.parseDouble(args[++i]), 0, 60);
                case "--rate" -> measure.rate = Math.clamp(Double.parseDouble(args[++i]), 2, 20_000);
                case "--runs" -> measure.runs = Math.clamp(Integer.parseInt(args[++i]), 1, 50);
                default -> throw new IllegalArgumentException("Unknown option " + args[i]);
            }
        }
        switch (args[0]) {
            case "load" -> {
                if (measure.against == null) {
                    measure.underLoad();
                } else {
                    measure.against();
                }
            }
            case "start" -> measure.startUp();
            case "profile" -> measure.profile();
            case "swap" -> measure.swaps();
            case "scale" -> measure.scale();
            case "rescue" -> measure.rescue();
            case "flood" -> measure.flood();
            case "price" -> measure.price();
            default ->
                throw new IllegalArgumentException(
                        "load, start, profile, swap, scale, rescue, flood or price, not " + args[0]);
        }
    }

    private void underLoad() throws Exception {
        Path work = Files.createTempDirectory("portcullis-bench");
        List<Measurement> all = new ArrayList<>();
        Map<String, Double> memory = new LinkedHashMap<>();
        try (Fleet fleet = new Fleet(home, work, "")) {
            List<Scenario> scenarios = fleet.start();
            Scenario governed = named(scenarios, Fleet.GOVERNED);
            Scenario echo = named(scenarios, Fleet.ECHO);
            memory.put("governed, idle after start, MiB", governed.server().residentMiB());
            // the server of several scenarios is warmed by each of them, and the one of a single one as long
            for (Scenario scenario : scenarios) {
                boolean alone = scenario.name().equals(Fleet.WITHOUT_AUDIT);
                closed(scenario, 64, (alone ? 4 : 1) * WARM_UP);
            }
            for (int count : connections) {
                all.addAll(rounds(scenarios, count, "closed"));
            }
            // half of what the dearer of the two can do
            double half = all.stream()
                            .filter(one ->
                                    one.connections() == 64 && one.scenario().equals(Fleet.GOVERNED))
                            .mapToDouble(one -> one.median("calls/s"))
                            .findFirst()
                            .orElseThrow()
                    / 2;
            all.addAll(open(List.of(echo, governed), half));
            memory.put("governed, after the load, MiB", governed.server().residentMiB());
            memory.put("helidon, after the load, MiB", echo.server().residentMiB());
            Thread.sleep(REST);
            memory.put("governed, idle again, MiB", governed.server().residentMiB());
        } finally {
            delete(work);
        }
        new Report(results, "load", loadBefore, load()).underLoad(all, memory);
    }

    /** This build and an older one: both cold at first, then warmed alike. */
    private void against() throws Exception {
        Path work = Files.createTempDirectory("portcullis-bench");
        AgainstMeasure measure;
        try (Fleet fleet = new Fleet(home, work, "")) {
            Path older = UnpackedArchive.home(against, work.resolve("older"));
            if (older.startsWith(work.toRealPath())) {
                UnpackedArchive.samePlugins(home, older);
            }
            List<AgainstMeasure.Pair> pairs = fleet.builds(older);
            Scenario echo = fleet.start(Fleet.ECHO);
            measure = new AgainstMeasure(
                    pairs,
                    echo,
                    (scenario, count, into) -> measured(scenario, into, () -> closed(scenario, count, nanos())));
            for (AgainstMeasure.Pair pair : pairs) {
                closed(pair.older(), 64, WARM_UP);
                closed(pair.newer(), 64, WARM_UP);
            }
            closed(echo, 64, WARM_UP);
            measure.run(
                    Math.max(AgainstMeasure.LEAST_ROUNDS, rounds),
                    connections.size() == 1 ? connections : List.of(1, 64));
        } finally {
            delete(work);
        }
        new Report(results, "against", loadBefore, load()).told(measure.table(), measure.data());
    }

    private List<Measurement> rounds(List<Scenario> scenarios, int count, String loop) throws Exception {
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        scenarios.forEach(scenario -> measurements.put(scenario.name(), new Measurement(scenario.name(), count, loop)));
        for (int round = 0; round < rounds; round++) {
            List<Scenario> order = new ArrayList<>(scenarios);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (Scenario scenario : order) {
                measured(scenario, measurements.get(scenario.name()), () -> closed(scenario, count, nanos()));
            }
        }
        return List.copyOf(measurements.values());
    }

    private List<Measurement> open(List<Scenario> scenarios, double perSecond) throws Exception {
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        scenarios.forEach(scenario -> measurements.put(
                scenario.name(), new Measurement(scenario.name(), 64, "open, " + Math.round(perSecond) + "/s")));
        for (int round = 0; round < rounds; round++) {
            for (Scenario scenario : scenarios) {
                measured(scenario, measurements.get(scenario.name()), () -> {
                    try (LoadDriver driver = new LoadDriver(scenario.server().port(), scenario.request(), 64)) {
                        return driver.openLoop(perSecond, 2 * nanos());
                    }
                });
            }
        }
        return List.copyOf(measurements.values());
    }

    private interface Run {
        Samples go() throws IOException;
    }

    private static void measured(Scenario scenario, Measurement into, Run run) throws Exception {
        ServerProcess server = scenario.server();
        double allocated = server.allocatedBytes();
        double cpu = server.cpuMicros();
        long begin = System.nanoTime();
        Samples samples = run.go();
        double elapsed = (System.nanoTime() - begin) / 1e9;
        into.add("calls/s", samples.count() / elapsed);
        into.add("CPU us/call", (server.cpuMicros() - cpu) / samples.count());
        into.add("allocated B/call", (server.allocatedBytes() - allocated) / samples.count());
        into.add("p50 us", samples.micros(50));
        into.add("p99 us", samples.micros(99));
        into.add("p99.9 us", samples.micros(99.9));
        into.add("request B", scenario.request().bytes().length);
        into.add("answer B", samples.meanAnswerBytes());
        into.add("resident MiB", server.residentMiB());
    }

    private static Samples closed(Scenario scenario, int count, long nanos) throws IOException {
        try (LoadDriver driver = new LoadDriver(scenario.server().port(), scenario.request(), count)) {
            return driver.closedLoop(nanos);
        }
    }

    /** The plain archive, the same with a cache in its state directory, and the bundle if it was made; interleaved. */
    private void startUp() throws Exception {
        Path work = Files.createTempDirectory("portcullis-bench");
        Map<String, Path> homes = new LinkedHashMap<>();
        homes.put("plain zip", home);
        homes.put("plain zip, warmed", home);
        Path bundle = home.resolveSibling(home.getFileName() + "-linux-x64");
        if (Files.isDirectory(bundle)) {
            homes.put("bundle", bundle);
        }
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        try (Fleet fleet = new Fleet(home, work, "")) {
            Path warmed = fleet.warmed("warm");
            for (int run = 0; run < runs; run++) {
                for (Map.Entry<String, Path> one : homes.entrySet()) {
                    Measurement measurement =
                            measurements.computeIfAbsent(one.getKey(), name -> new Measurement(name, 1, "start"));
                    Path state = one.getKey().endsWith("warmed")
                            ? warmed
                            : work.resolve("state" + measurements.size() + run);
                    try (ServerProcess server = fleet.fresh(one.getValue(), state)) {
                        Duration first = server.awaitFirst(Fleet.governedCall(server));
                        measurement.add("first 200 ms", first.toNanos() / 1e6);
                        measurement.add("CPU ms", server.cpuMicros() / 1e3);
                        Thread.sleep(1_000);
                        measurement.add("resident MiB", server.residentMiB());
                    }
                }
            }
        } finally {
            delete(work);
        }
        new Report(results, "start", loadBefore, load()).starts(List.copyOf(measurements.values()));
    }

    private void profile() throws Exception {
        StringBuilder text = new StringBuilder();
        for (Profile.What what : Profile.What.values()) {
            boolean memory = what == Profile.What.MEMORY;
            Path work = Files.createTempDirectory("portcullis-bench");
            try (Fleet fleet = new Fleet(home, work, memory ? Profile.What.EVERY_OBJECT : "")) {
                Scenario profiled = fleet.start(scenario);
                closed(profiled, 16, 2 * WARM_UP);
                Measurement measurement = new Measurement(scenario, 64, "closed");
                measured(profiled, measurement, () -> closed(profiled, 64, nanos()));
                Path recording = results.resolve("profile-" + what + ".jfr").toAbsolutePath();
                Profile.record(
                        what,
                        profiled.server(),
                        recording,
                        () -> closed(
                                profiled, memory ? 4 : 64, memory ? TimeUnit.MILLISECONDS.toNanos(500) : 4 * nanos()));
                text.append(String.format(
                        Locale.ROOT,
                        "%n## %s, %s: %.1f us of CPU, %.2f KiB a call%n",
                        scenario,
                        what,
                        measurement.median("CPU us/call"),
                        measurement.median("allocated B/call") / 1024));
                text.append(Profile.tables(recording));
            } finally {
                delete(work);
            }
        }
        System.out.print(text);
    }

    private void swaps() throws Exception {
        Path work = Files.createTempDirectory("portcullis-bench");
        String text;
        try (Fleet fleet = new Fleet(home, work, "")) {
            text = new SwapMeasure(fleet, new SwappedPlugin(home, work), rate, every).run(swaps);
        } finally {
            delete(work);
        }
        String whole = String.format(
                Locale.ROOT,
                "%s, %.0f calls/s at fixed times, %s, load of the machine %.2f before and %.2f after%n%n%s",
                when(),
                rate,
                "windows of " + every + " s with and without a swap",
                loadBefore,
                load(),
                text);
        Files.writeString(results.resolve("swap.md"), whole);
        System.out.print(whole);
    }

    private void scale() throws Exception {
        Path work = Files.createTempDirectory("portcullis-bench");
        List<Measurement> measured;
        try (Fleet fleet = new Fleet(home, work, "")) {
            measured = ScaleMeasure.run(
                    fleet,
                    home,
                    work,
                    rounds,
                    (scenario, into) -> measured(scenario, into, () -> closed(scenario, 64, nanos())));
        } finally {
            delete(work);
        }
        new Report(results, "scale", loadBefore, load()).compared(measured);
    }

    private void rescue() throws Exception {
        RescueMeasure measure = new RescueMeasure();
        for (int round = 0; round < rounds; round++) {
            rescued(measure, "kept to some processors", true);
            rescued(measure, "on all of them", false);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        String text = measure.report(data);
        new Report(results, "rescue", loadBefore, load()).told(text, data);
    }

    /** A gateway each time, since what spins cannot be stopped. */
    private void rescued(RescueMeasure measure, String name, boolean confine) throws Exception {
        Path work = Files.createTempDirectory("portcullis-bench");
        try (Fleet fleet = new Fleet(home, work, "")) {
            Path plugins = Files.createDirectories(work.resolve("plugins"));
            BuiltPlugin.spinner(home, work, plugins);
            ServerProcess server = fleet.withSpinner(plugins, confine);
            Scenario ordinary = new Scenario(Fleet.GOVERNED, server, Fleet.governedCall(server));
            server.awaitFirst(ordinary.request());
            closed(ordinary, 16, 2 * WARM_UP);
            measure.run(name, server);
        } finally {
            delete(work);
        }
    }

    /** The records are counted when the gateway has written all of them and stopped. */
    private void flood() throws Exception {
        Path work = Files.createTempDirectory("portcullis-bench");
        try {
            FloodMeasure measure;
            try (Fleet fleet = new Fleet(home, work, "")) {
                Scenario governed = fleet.start(Fleet.GOVERNED);
                measure = new FloodMeasure(governed.server(), work.resolve("governed"));
                measure.run(rounds, nanos());
            }
            Map<String, Object> data = new LinkedHashMap<>();
            String text = measure.report(measure.lost(), data);
            new Report(results, "flood", loadBefore, load()).told(text, data);
        } finally {
            delete(work);
        }
    }

    private void price() throws Exception {
        Map<String, Measurement> measured = new PriceMeasure().run(rounds);
        Path work = Files.createTempDirectory("portcullis-bench");
        try (Fleet fleet = new Fleet(home, work, "")) {
            List<Scenario> twins = fleet.twins();
            for (Scenario twin : twins) {
                closed(twin, 64, 4 * WARM_UP);
            }
            rounds(twins, 64, "closed").forEach(twin -> measured.put(twin.scenario(), twin));
        } finally {
            delete(work);
        }
        new Report(results, "price", loadBefore, load())
                .told(PriceMeasure.table(measured), Map.of("measurements", measured));
    }

    private long nanos() {
        return (long) (seconds * 1e9);
    }

    private static Scenario named(List<Scenario> scenarios, String name) {
        return scenarios.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    static String when() {
        return Instant.now().toString();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
