package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.api.policy.Validity;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import dev.portcullis.gateway.runtime.policy.NamedPolicySource;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.Mockito;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds for every configuration and session, seen from outside; a failure names the seed that makes it again. */
@Timeout(180)
class RoadPropertiesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int RUNS = 40;
    private static final List<String> TOOLS =
            List.of("weather_now", "weather_log", "door_open", "sessions_list", "exec", "gateway", "web_fetch");
    private static final List<String> ASKED = Stream.concat(
                    TOOLS.stream(), Stream.of("no_such_tool", "Weather_Now", "bash"))
            .toList();
    private static final List<String> ENTRIES = List.of(
            "*",
            "weather*",
            "weather_now",
            "door_open",
            "group:web",
            "group:plugins",
            "acme",
            "exec",
            "sess*",
            "web_fetch");
    private static final List<String> SESSIONS = List.of(
            "main",
            "agent:main:main",
            "agent:ops:main",
            "agent:main:lane",
            "agent:main:telegram:group:1",
            "agent:main:subagent:a");
    private static final Tool[] SERVED = TOOLS.stream()
            .map(name -> Tool.of(TestRoad.named(name), call -> ToolResult.text("ran " + name)))
            .toArray(Tool[]::new);

    private interface Property {
        void holds(Random random) throws Exception;
    }

    private static void forSeeds(Property property) throws Exception {
        long first = Long.getLong("portcullis.seed", System.nanoTime());
        for (long seed = first; seed < first + RUNS; seed++) {
            try {
                property.holds(new Random(seed));
            } catch (Exception | AssertionError failed) {
                throw new AssertionError("portcullis.seed=" + seed, failed);
            }
        }
    }

    @Test
    void listingDescribingExplainingAndInvokingAgree() throws Exception {
        TestRoad road = TestRoad.of(SERVED);
        try (HttpHouse house = HttpHouse.of(road);
                RawClient client = house.connect()) {
            forSeeds(random -> {
                road.serving(config(random), SERVED);
                String session = pick(random, SESSIONS);
                Set<String> listed = listed(client, session);
                for (String tool : ASKED) {
                    boolean ran = invoke(client, tool, session).status() == 200;
                    boolean explained = view(client, "tools/" + tool + "/decision", session)
                            .get("allowed")
                            .booleanValue();
                    boolean exists = TOOLS.contains(tool);

                    assertEquals(listed.contains(tool), ran, tool + " listed / ran");
                    assertEquals(ran, explained && exists, tool + " ran / explained");
                    assertEquals(
                            exists ? 200 : 404,
                            get(client, "tools/" + tool, session).status(),
                            tool + " described");
                }
            });
        }
    }

    @Test
    void addingAPolicyNeverWidens() throws Exception {
        forSeeds(random -> {
            String config = config(random);
            String session = pick(random, SESSIONS);
            List<String> allow = entries(random);
            List<String> deny = entries(random);
            Set<String> before = reached(TestRoad.of().serving(config, SERVED), session);
            Set<String> after = reached(
                    TestRoad.of()
                            .with(new NamedPolicySource(
                                    "more",
                                    context -> PolicyAnswer.of(
                                            List.of(
                                                    random.nextBoolean()
                                                            ? ToolPolicy.denying("d", deny)
                                                            : ToolPolicy.of("a", allow, deny)),
                                            Validity.untilReload())))
                            .serving(config, SERVED),
                    session);

            assertTrue(before.containsAll(after), before + " became " + after);
        });
    }

    private static Set<String> reached(TestRoad road, String session) throws IOException {
        Set<String> reached = new TreeSet<>();
        try (HttpHouse house = HttpHouse.of(road);
                RawClient client = house.connect()) {
            for (String tool : ASKED) {
                if (invoke(client, tool, session).status() == 200) {
                    reached.add(tool);
                }
            }
        }
        return reached;
    }

    @Test
    void deniedAndUnknownAreTheSameBytesForTheSameWork() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        TestRoad road = TestRoad.of().with(new NamedPolicySource("counting", context -> {
            asked.incrementAndGet();
            return PolicyAnswer.noOpinion();
        }));
        road.serving("{}", SERVED);
        try (HttpHouse house = HttpHouse.of(road);
                RawClient client = house.connect()) {
            forSeeds(random -> {
                road.serving(
                        "{tools: {deny: ['weather_now', 'door*'], allow: " + JSON.writeValueAsString(entries(random))
                                + "}}",
                        SERVED);
                String session = pick(random, SESSIONS);
                invoke(client, "warm_up", session);
                int[] work = new int[4];
                String denied = work(road, asked, work, 0, client, "weather_now", session);
                String unknown = work(road, asked, work, 2, client, "weather_new", session);

                assertEquals(denied, unknown);
                assertEquals(work[0], work[2], "policy sources asked");
                assertEquals(work[1], work[3], "uses of the session store");
            });
        }
    }

    private static String work(
            TestRoad road, AtomicInteger asked, int[] work, int at, RawClient client, String tool, String session)
            throws IOException {
        int before = asked.get();
        int uses = Mockito.mockingDetails(road.store).getInvocations().size();
        Answer answer = invoke(client, tool, session);
        work[at] = asked.get() - before;
        work[at + 1] = Mockito.mockingDetails(road.store).getInvocations().size() - uses;
        assertEquals(404, answer.status());
        List<String> headers = answer.headers().stream()
                .filter(line -> !line.startsWith("Date:") && !line.startsWith("x-portcullis-invocation:"))
                .toList();
        return headers + answer.body().replace(tool, "NAME");
    }

    private static Answer invoke(RawClient client, String tool, String session) throws IOException {
        return client.ask(HttpHouse.call("{\"tool\":\"" + tool + "\",\"sessionKey\":\"" + session + "\"}"));
    }

    private static Set<String> listed(RawClient client, String session) throws IOException {
        Set<String> allowed = new TreeSet<>();
        for (JsonNode tool : view(client, "tools", session).get("tools")) {
            if (tool.get("allowed").booleanValue()) {
                allowed.add(tool.get("name").stringValue());
            }
        }
        return allowed;
    }

    private static JsonNode view(RawClient client, String path, String session) throws IOException {
        return JSON.readTree(get(client, path, session).body());
    }

    private static Answer get(RawClient client, String path, String session) throws IOException {
        return client.ask("GET /portcullis/v1/" + path + "?sessionKey="
                + URLEncoder.encode(session, StandardCharsets.UTF_8) + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                + TestRoad.TOKEN + "\r\n\r\n");
    }

    private static String config(Random random) {
        return JSON.writeValueAsString(Map.of(
                "tools",
                rules(random),
                "agents",
                Map.of(
                        "entries",
                        Map.of("main", Map.of("tools", rules(random)), "ops", Map.of("tools", rules(random)))),
                "gateway",
                Map.of("tools", Map.of("allow", List.of("exec", "gateway"), "deny", entries(random)))));
    }

    private static Map<String, Object> rules(Random random) {
        Map<String, Object> rules = new java.util.HashMap<>();
        if (random.nextInt(4) == 0) {
            rules.put("profile", pick(random, List.of("minimal", "coding", "messaging", "full")));
        }
        if (random.nextInt(3) == 0) {
            rules.put("allow", entries(random));
        }
        if (random.nextInt(3) == 0) {
            rules.put("deny", entries(random));
        }
        return rules;
    }

    private static List<String> entries(Random random) {
        List<String> entries = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            entries.add(pick(random, ENTRIES));
        }
        return entries;
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
