package dev.portcullis.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a call grows dearer with what is installed, configured or connected and has nothing to do with it. */
final class ScaleMeasure {
    private static final int PLUGINS = 50;
    private static final int TOOLS = 20;
    private static final int RULES = 200;
    private static final int IDLE = 256;
    private static final String BODY = "{\"tool\":\"area0_tool0\",\"args\":{\"text\":\"" + "x".repeat(120) + "\"}}";

    interface Load {
        void measured(Scenario scenario, Measurement into) throws Exception;
    }

    private ScaleMeasure() {}

    static List<Measurement> run(Fleet fleet, Path home, Path work, int rounds, Load load) throws Exception {
        Path few = Files.createDirectories(work.resolve("few"));
        Path many = Files.createDirectories(work.resolve("many"));
        BuiltPlugin.area(home, work.resolve("build-few"), few, 0, 10);
        for (int i = 0; i < PLUGINS; i++) {
            BuiltPlugin.area(home, work.resolve("build-many"), many, i, TOOLS);
        }
        ServerProcess small = fleet.areas("small", few, 1);
        ServerProcess large = fleet.areas("large", many, RULES);
        ServerProcess crowded = fleet.areas("crowded", few, 1);
        List<Scenario> scenarios = List.of(
                scenario("10 tools, 1 plugin, 1 rule", small),
                scenario(PLUGINS * TOOLS + " tools, " + PLUGINS + " plugins, " + RULES + " rules", large),
                scenario("as the first, " + IDLE + " idle connections", crowded));
        for (Scenario scenario : scenarios) {
            scenario.server().awaitFirst(scenario.request());
        }
        try (LoadDriver idle =
                new LoadDriver(crowded.port(), scenarios.getLast().request(), IDLE)) {
            idle.closedLoop(1);
            return rounds(scenarios, rounds, load);
        }
    }

    private static Scenario scenario(String name, ServerProcess server) {
        return new Scenario(name, server, Fleet.call(server, Fleet.BEARER, BODY, 200));
    }

    private static List<Measurement> rounds(List<Scenario> scenarios, int rounds, Load load) throws Exception {
        for (int warming = 0; warming < 3; warming++) {
            for (Scenario scenario : scenarios) {
                load.measured(scenario, new Measurement(scenario.name(), 64, "closed"));
            }
        }
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        scenarios.forEach(one -> measurements.put(one.name(), new Measurement(one.name(), 64, "closed")));
        List<Scenario> order = new ArrayList<>(scenarios);
        for (int round = 0; round < rounds; round++) {
            for (Scenario scenario : order) {
                load.measured(scenario, measurements.get(scenario.name()));
            }
            Collections.reverse(order);
        }
        return List.copyOf(measurements.values());
    }
}
