package dev.portcullis.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigLocations;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.policy.ToolIndex;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Edits that arrive in parts, under the real reading and watching and a clock of the test's own: whatever lies there for less than
 * ten seconds, what is served never lets a tool or a caller pass that neither the old nor the new configuration does.
 */
class HalfEditsTest {
    private static final int RUNS = 150;
    private static final List<String> TOOLS = List.of("read", "exec", "weather", "sessions_list", "write");
    private static final List<String> AGENTS = List.of("main", "ops");

    @TempDir
    Path folder;

    private StateDirectory state;
    private Path directory;
    private Random random;
    private long now;
    private long written;

    private ConfigSource source;
    private ConfigEdits edits;
    private FileWatch watch;
    private GatewayConfig served;

    @BeforeEach
    void state() throws Exception {
        state = StateDirectory.open(folder.resolve("state"));
    }

    @Test
    void partsOfAnEditLetNothingPass() throws Exception {
        long first = Long.getLong("portcullis.test.seed", System.nanoTime());
        for (long seed = first; seed < first + RUNS; seed++) {
            try {
                run(seed);
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError("with -Dportcullis.test.seed=" + seed + ": " + failed.getMessage(), failed);
            }
        }
    }

    private void run(long seed) throws Exception {
        random = new Random(seed);
        directory = Files.createDirectory(folder.resolve("run" + seed));
        boolean hocon = random.nextBoolean();
        Map<String, String> before = texts(hocon, random.nextBoolean());
        Map<String, String> after = texts(hocon, random.nextBoolean());
        start(hocon, before);
        GatewayConfig old = served;
        GatewayConfig wanted = alone(hocon, after, seed);
        Set<String> allowed = passing(old);
        allowed.addAll(passing(wanted));

        int looksLeft = 22; // less than ten seconds for the whole of the edit
        for (Runnable step : steps(after)) {
            step.run();
            for (int looks = Math.min(looksLeft, random.nextInt(5)); looks > 0; looks--) {
                looksLeft--;
                look(400);
                Set<String> more = passing(served);
                more.removeAll(allowed);
                assertEquals(Set.of(), more, () -> "neither in " + before + " nor in " + after + ", but in " + now());
            }
        }
        for (int looks = 0; looks < 40; looks++) {
            look(400);
        }

        assertEquals(passing(wanted), passing(served), () -> before + " to " + after);
    }

    private String now() {
        return served.document().root().toString();
    }

    private void start(boolean hocon, Map<String, String> texts) throws Exception {
        texts.forEach(this::write);
        Path main = directory.resolve(main(hocon));
        ConfigEnvironment environment = ConfigEnvironment.of(Map.of());
        source = new ConfigSource(
                () -> ConfigLocations.find(
                        environment,
                        Optional.of(main.toString()),
                        Optional.of(state.path().toString()),
                        Optional.empty()),
                environment);
        served = source.withToken(source.read().config(), state);
        edits = new ConfigEdits(source, state, source.tokenMade(), () -> now);
        watch = new FileWatch(source::files);
    }

    private GatewayConfig alone(boolean hocon, Map<String, String> texts, long seed) throws Exception {
        Path place = Files.createDirectory(folder.resolve("whole" + seed));
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Files.writeString(place.resolve(text.getKey()), text.getValue());
        }
        ConfigEnvironment environment = ConfigEnvironment.of(Map.of());
        ConfigSource whole = new ConfigSource(
                () -> ConfigLocations.find(
                        environment,
                        Optional.of(place.resolve(main(hocon)).toString()),
                        Optional.of(state.path().toString()),
                        Optional.empty()),
                environment);
        return whole.withToken(whole.read().config(), state);
    }

    private void look(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        watch.look(
                () -> {
                    try {
                        if (edits.next(served, false) instanceof ConfigEdits.Next.Serve next) {
                            served = next.config();
                            edits.serves(next);
                        }
                    } catch (GatewayStartException half) {
                        // what serves goes on
                    }
                },
                edits::due);
    }

    /** What passes: tools by the agent in whose session they are called, and who is let in. */
    private static Set<String> passing(GatewayConfig config) {
        Map<String, String> tools = new TreeMap<>();
        TOOLS.forEach(tool -> tools.put(tool, tool.equals("weather") ? "acme" : "core"));
        PolicyEngine policy = PolicyEngine.compile(config, new ToolIndex(tools, Set.of("core")), List.of());
        Set<String> passing = new HashSet<>();
        for (String agent : AGENTS) {
            policy.reachable(context(agent)).forEach(tool -> passing.add(agent + " calls " + tool));
        }
        passing.add("caller with "
                + config.auth().mode() + " "
                + config.auth().token().map(Secret::reveal).orElse("none"));
        return passing;
    }

    private static InvocationContext context(String agent) {
        return new InvocationContext(
                Principal.operator(),
                InvocationContext.HTTP,
                "agent:" + agent + ":main",
                agent,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static String main(boolean hocon) {
        return hocon ? "gateway.conf" : "openclaw.json";
    }

    /** Files by name; some of the keys in an included one. */
    private Map<String, String> texts(boolean hocon, boolean included) {
        Map<String, String> here = new LinkedHashMap<>();
        Map<String, String> there = new LinkedHashMap<>();
        List<Map.Entry<String, String>> keys = new ArrayList<>(keys(hocon).entrySet());
        Collections.shuffle(keys, random);
        keys.forEach(key -> (included && random.nextBoolean() ? there : here).put(key.getKey(), key.getValue()));
        Map<String, String> texts = new LinkedHashMap<>();
        String name = hocon ? "more.conf" : "more.json";
        if (included) {
            there.putIfAbsent("session.mainKey", "\"main\"");
            texts.put(name, hocon ? hocon(there) : json(there, ""));
        }
        texts.put(
                main(hocon),
                hocon
                        ? (included && random.nextBoolean()
                                ? "include \"" + name + "\"\n" + hocon(here)
                                : hocon(here) + (included ? "include \"" + name + "\"\n" : ""))
                        : json(here, included ? "$include: '" + name + "'," : ""));
        return texts;
    }

    private Map<String, String> keys(boolean hocon) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("gateway.mode", "\"local\"");
        if (random.nextInt(4) > 0) {
            String token = "token-" + random.nextInt(3) + "-0123456789abcdef";
            keys.put("gateway.auth.token", hocon && random.nextBoolean() ? token : '"' + token + '"');
        }
        for (String scope : List.of("tools", "agents.entries.ops.tools", "agents.entries.main.tools")) {
            for (String key : List.of("allow", "deny", "alsoAllow")) {
                if (random.nextBoolean()) {
                    keys.put(scope + "." + key, list());
                }
            }
            if (random.nextInt(4) == 0) {
                keys.put(scope + ".profile", random.nextBoolean() ? "\"minimal\"" : "\"coding\"");
            }
        }
        keys.put("gateway.tools.allow", list());
        if (random.nextBoolean()) {
            keys.put("gateway.tools.deny", list());
        }
        return keys;
    }

    private String list() {
        return TOOLS.stream()
                .filter(tool -> random.nextBoolean())
                .map(tool -> '"' + tool + '"')
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String hocon(Map<String, String> keys) {
        StringBuilder text = new StringBuilder();
        keys.forEach((key, value) -> {
            if (value.startsWith("[") && random.nextInt(4) == 0) {
                text.append(key).append(" = ").append(list()).append('\n');
            }
            text.append(key).append(" = ").append(value).append('\n');
            if (value.startsWith("[") && random.nextInt(4) == 0) {
                text.append(key).append(" += ").append("exec\n");
            }
        });
        return text.toString();
    }

    private static String json(Map<String, String> keys, String first) {
        Map<String, Object> tree = new LinkedHashMap<>();
        keys.forEach((key, value) -> put(tree, List.of(key.split("\\.")), value));
        return "{" + first + inside(tree) + "}\n";
    }

    @SuppressWarnings("unchecked") // Its maps are made here.
    private static void put(Map<String, Object> tree, List<String> path, String value) {
        if (path.size() == 1) {
            tree.put(path.getFirst(), value);
        } else {
            put(
                    (Map<String, Object>) tree.computeIfAbsent(path.getFirst(), name -> new LinkedHashMap<>()),
                    path.subList(1, path.size()),
                    value);
        }
    }

    private static String inside(Map<?, ?> tree) {
        return tree.entrySet().stream()
                .map(entry -> entry.getKey() + ": "
                        + (entry.getValue() instanceof Map<?, ?> below ? "{" + inside(below) + "}" : entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The new texts come piece by piece, one file between the pieces of another, or by a file that takes the other's place. */
    private List<Runnable> steps(Map<String, String> texts) {
        List<List<Runnable>> byFile = new ArrayList<>();
        texts.forEach((name, text) -> byFile.add(
                random.nextInt(4) == 0
                        ? List.of(() -> rename(name, text))
                        : pieces(text).stream()
                                .<Runnable>map(piece -> () -> write(name, piece))
                                .toList()));
        List<Runnable> all = new ArrayList<>();
        List<List<Runnable>> left =
                new ArrayList<>(byFile.stream().map(ArrayList::new).toList());
        while (!left.isEmpty()) {
            List<Runnable> next = left.get(random.nextInt(left.size()));
            all.add(next.removeFirst());
            left.removeIf(List::isEmpty);
        }
        return all;
    }

    private List<String> pieces(String text) {
        List<Integer> ends = new ArrayList<>(List.of(0, text.length()));
        for (int i = random.nextInt(6); i > 0; i--) {
            ends.add(random.nextInt(text.length() + 1));
        }
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (random.nextInt(3) == 0) {
                ends.add(at + 1);
            }
        }
        return ends.stream()
                .distinct()
                .sorted()
                .map(end -> text.substring(0, end))
                .toList();
    }

    private void write(String name, String text) {
        try {
            Path file = Files.writeString(directory.resolve(name), text);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000L + ++written));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private void rename(String name, String text) {
        write(name + ".new", text);
        try {
            Files.move(directory.resolve(name + ".new"), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @Test
    void editThatOnlyTakesAwayIsServedAtTheSecondLook() throws Exception {
        directory = folder;
        start(true, Map.of("gateway.conf", "tools.deny = [read]\n"));
        write("gateway.conf", "tools.deny = [read, exec]\n");

        look(400);
        look(400);

        assertTrue(passing(served).stream().noneMatch(tool -> tool.endsWith("calls exec")), served::toString);
    }

    @Test
    void editThatChangesBeforeItsTenSecondsAreOverWaitsAnew() throws Exception {
        directory = folder;
        start(true, Map.of("gateway.conf", "tools.deny = [read]\n"));
        write("gateway.conf", "session.mainKey = a\n");
        look(400);
        look(400);
        look(9_000);
        write("gateway.conf", "session.mainKey = b\n");
        look(400);
        look(400);
        look(9_000);

        assertEquals("main", served.session().mainKey());
        look(1_000);
        assertEquals("b", served.session().mainKey());
    }
}
