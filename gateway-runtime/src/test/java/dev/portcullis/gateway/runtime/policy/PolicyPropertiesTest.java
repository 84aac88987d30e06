package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.api.policy.Validity;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.GuardedKeys;
import dev.portcullis.gateway.runtime.config.Widening;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every configuration and context; a failure names the seed that makes it again. */
class PolicyPropertiesTest {
    private static final int RUNS = 300;
    private static final List<String> TOOLS = List.of(
            "session_status",
            "sessions_list",
            "sessions",
            "web_fetch",
            "tts",
            "secrets",
            "exec",
            "write",
            "apply_patch",
            "automations",
            "gateway",
            "progress_card",
            "show_widget",
            "weather_now",
            "weather_log",
            "door_open");
    private static final List<String> ASKED = Stream.concat(
                    TOOLS.stream(), Stream.of("no_such_tool", "AGENTS_LIST", "bash", "Weather_Now", "message"))
            .toList();
    private static final List<String> ENTRIES = List.of(
            "*",
            "sess*",
            "*_list",
            "weather*",
            "group:web",
            "group:openclaw",
            "group:plugins",
            "group:none",
            "acme",
            " EXEC ",
            "cron",
            "update_plan",
            "canvas",
            "web_fetch",
            "tts",
            "sessions_list",
            "write",
            "weather_now",
            "",
            "door_open",
            "gateway",
            "get?goal");
    private static final List<String> SESSIONS = List.of(
            "agent:main:main",
            "agent:ops:main",
            "agent:zzz:main",
            "agent:main:lane",
            "agent:main:telegram:group:1",
            "agent:main:telegram:group:1:topic:2",
            "agent:main:telegram:group:9",
            "agent:main:subagent:a",
            "agent:main:subagent:a:subagent:b",
            "agent:main:cron:j",
            "agent:main:acp:x");

    @Test
    void listingExplainingAndDecidingAgree() {
        forSeeds(random -> {
            Map<String, Object> config = config(random);
            List<NamedPolicySource> sources = sources(random);
            PolicyEngine engine = PolicyEngine.compile(Configs.of(config), index(), sources);
            InvocationContext context = context(random);

            List<String> allowed = new ArrayList<>();
            for (String tool : ASKED) {
                Decision decision = engine.decide(tool, context);
                Explanation explanation = engine.explain(tool, context);
                assertEquals(decision.toString(), explanation.decision().toString(), tool);
                assertEquals(decision.toString(), engine.decide(tool, context).toString(), "second time: " + tool);
                assertEquals(decision instanceof Allowed, explanation.changes().isEmpty(), tool);
                assertEquals(tool, decision.tool());
                if (decision instanceof Allowed && TOOLS.contains(tool)) {
                    allowed.add(tool);
                }
            }
            assertEquals(allowed.stream().sorted().toList(), engine.reachable(context));
        });
    }

    @Test
    void denyWinsInEveryScope() {
        forSeeds(random -> {
            String tool = pick(random, TOOLS);
            Map<String, Object> config = config(random);
            Map<String, Object> tools = new HashMap<>(Configs.map(config.get("tools")));
            tools.put("deny", List.of(tool));
            config.put("tools", tools);

            Decision decision =
                    PolicyEngine.compile(Configs.of(config), index(), List.of()).decide(tool, context(random));

            assertInstanceOf(Denied.class, decision);
        });
    }

    @Test
    void addingAPolicyNeverWidens() {
        forSeeds(random -> {
            Map<String, Object> config = config(random);
            List<NamedPolicySource> fewer = sources(random);
            List<NamedPolicySource> more = new ArrayList<>(fewer);
            more.addAll(sources(random));
            InvocationContext context = context(random);

            List<String> before =
                    PolicyEngine.compile(Configs.of(config), index(), fewer).reachable(context);
            List<String> after =
                    PolicyEngine.compile(Configs.of(config), index(), more).reachable(context);

            assertTrue(before.containsAll(after), before + " became " + after);
        });
    }

    @Test
    void lessAuthorityNeverReachesMore() {
        forSeeds(random -> {
            PolicyEngine engine = PolicyEngine.compile(Configs.of(config(random)), index(), List.of());
            String key = pick(random, SESSIONS);

            List<String> owner = engine.reachable(Contexts.in(key));
            List<String> writer =
                    engine.reachable(Contexts.by(Contexts.WRITER, key).context());

            assertTrue(owner.containsAll(writer), owner + " for owners, " + writer + " for others");
        });
    }

    @Test
    void editThatIsNotCalledWiderReachesNothingMore() {
        AtomicInteger narrower = new AtomicInteger();
        forSeeds(random -> {
            Map<String, Object> before = config(random);
            Map<String, Object> after = edited(before, random);
            GatewayConfig then = Configs.of(before);
            GatewayConfig now = Configs.of(after);
            List<Widening> wider = new GuardedKeys(then, false).wideningTo(new GuardedKeys(now, false));
            if (wider.isEmpty()) {
                narrower.incrementAndGet();
                for (int i = 0; i < 20; i++) {
                    InvocationContext context = context(random);
                    List<String> was =
                            PolicyEngine.compile(then, index(), List.of()).reachable(context);
                    List<String> is =
                            PolicyEngine.compile(now, index(), List.of()).reachable(context);
                    assertTrue(was.containsAll(is), was + " became " + is + " by " + before + " to " + after);
                }
            }
        });
        assertTrue(narrower.get() > RUNS / 10, narrower + " of " + RUNS);
    }

    /** A few places of a tree taken from another one, or left out. */
    private static Map<String, Object> edited(Map<String, Object> before, Random random) {
        return mixed(before, config(random), random, random.nextBoolean() ? 15 : 50);
    }

    private static Map<String, Object> mixed(
            Map<String, Object> one, Map<String, Object> other, Random random, int seldom) {
        Map<String, Object> mixed = new HashMap<>();
        Set<String> keys = new HashSet<>(one.keySet());
        keys.addAll(other.keySet());
        for (String key : keys) {
            Object mine = one.get(key);
            Object theirs = other.get(key);
            if (random.nextInt(seldom) == 0) {
                if (theirs != null) {
                    mixed.put(key, theirs);
                }
            } else if (mine instanceof Map<?, ?> && theirs instanceof Map<?, ?>) {
                mixed.put(key, mixed(Configs.map(mine), Configs.map(theirs), random, seldom));
            } else if (mine instanceof List<?> list && random.nextInt(seldom) == 0) {
                List<Object> fewer = new ArrayList<>(list);
                fewer.removeIf(entry -> random.nextBoolean());
                mixed.put(key, fewer);
            } else if (mine != null) {
                mixed.put(key, mine);
            }
        }
        return mixed;
    }

    private static void forSeeds(Consumer<Random> property) {
        long first = Long.getLong("portcullis.test.seed", System.nanoTime());
        for (long seed = first; seed < first + RUNS; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dportcullis.test.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static ToolIndex index() {
        Map<String, String> byTool = new HashMap<>();
        TOOLS.forEach(tool -> byTool.put(tool, tool.startsWith("weather") ? "acme" : "core"));
        byTool.put("door_open", "doors");
        return new ToolIndex(byTool, Set.of("core"));
    }

    private static InvocationContext context(Random random) {
        Principal principal = random.nextInt(3) == 0 ? Contexts.WRITER : Principal.operator();
        Contexts session = Contexts.by(principal, pick(random, SESSIONS))
                .header("x-openclaw-message-channel", pick(random, List.of("node", "voice", "slack", "telegram")));
        if (random.nextInt(4) == 0) {
            session.spawned(
                    1 + random.nextInt(6),
                    random.nextBoolean() ? Optional.of(entries(random)) : Optional.empty(),
                    entries(random));
        }
        return session.context();
    }

    private static List<NamedPolicySource> sources(Random random) {
        List<NamedPolicySource> sources = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            ToolPolicy policy = random.nextBoolean()
                    ? ToolPolicy.denying("d", entries(random))
                    : ToolPolicy.of("a", entries(random), entries(random));
            Validity validity = random.nextBoolean() ? Validity.thisCall() : Validity.untilReload();
            PolicyAnswer answer = PolicyAnswer.of(List.of(policy), validity);
            sources.add(new NamedPolicySource("source" + i, context -> answer));
        }
        return sources;
    }

    private static Map<String, Object> config(Random random) {
        Map<String, Object> tools = scope(random);
        tools.put("subagents", Map.of("tools", scope(random)));
        tools.put("sandbox", Map.of("tools", scope(random)));
        Map<String, Object> agents = new HashMap<>();
        agents.put("entries", Map.of("main", Map.of("tools", scope(random)), "ops", Map.of("tools", scope(random))));
        agents.put(
                "defaults", Map.of("sandbox", Map.of("mode", pick(random, List.of("off", "off", "non-main", "all")))));
        Map<String, Object> groups = new HashMap<>();
        groups.put("1", Map.of("tools", scope(random)));
        groups.put("*", Map.of("tools", scope(random), "toolsBySender", Map.of("*", scope(random))));
        Map<String, Object> config = new HashMap<>();
        config.put("tools", tools);
        config.put("agents", agents);
        config.put("channels", Map.of("telegram", Map.of("groups", groups)));
        config.put(
                "gateway",
                Map.of("tools", Map.of("allow", List.of("exec", "cron", "gateway"), "deny", entries(random))));
        return config;
    }

    private static Map<String, Object> scope(Random random) {
        Map<String, Object> scope = new HashMap<>();
        if (random.nextInt(4) == 0) {
            scope.put("profile", pick(random, List.of("minimal", "coding", "messaging", "full")));
        }
        for (String key : List.of("allow", "alsoAllow", "deny")) {
            if (random.nextInt(3) == 0) {
                scope.put(key, entries(random));
            }
        }
        return scope;
    }

    private static List<String> entries(Random random) {
        List<String> entries = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.add(pick(random, ENTRIES));
        }
        return entries;
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
