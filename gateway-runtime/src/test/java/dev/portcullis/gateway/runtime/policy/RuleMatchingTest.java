package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of what configured rules leave, by configuration. */
class RuleMatchingTest {
    private static final List<String> EIGHT = List.of(
            "session_status", "agents_list", "get_goal", "web_fetch", "sessions_list", "message", "tts", "theme");

    @ParameterizedTest(name = "{0} leaves {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {deny:['sess*']}                             | web_fetch agents_list get_goal
            {allow:['SESSIONS_*',' Web_Fetch ']}         | sessions_list web_fetch
            {allow:['*_list','get?goal']}                | sessions_list agents_list
            {allow:[]}                                   | session_status sessions_list web_fetch agents_list get_goal
            {allow:['',' ']}                             | session_status sessions_list web_fetch agents_list get_goal
            {allow:['*'],deny:['*']}                     | ""
            {allow:['no_such_tool']}                     | ""
            {allow:['read','exec']}                      | ""
            {allow:['get_goal'],alsoAllow:['web_fetch']} | get_goal web_fetch
            {allow:[],alsoAllow:['web_fetch']}           | session_status sessions_list web_fetch agents_list get_goal
            {alsoAllow:['web_fetch']}                    | session_status sessions_list web_fetch agents_list get_goal
            {allow:['group:web','get_goal']}             | web_fetch get_goal
            {deny:['group:sessions']}                    | web_fetch agents_list get_goal
            {allow:['group:nothing']}                    | ""
            """)
    void oneScopeLeaves(String tools, String left) {
        assertLeft(
                left,
                "{tools:" + tools + "}",
                Contexts.main(),
                List.of("session_status", "sessions_list", "web_fetch", "agents_list", "get_goal"));
    }

    @ParameterizedTest(name = "{0} leaves {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {}                                                             | session_status agents_list get_goal web_fetch sessions_list message tts theme
            {tools:{profile:'full'}}                                       | session_status agents_list get_goal web_fetch sessions_list message tts theme
            {tools:{profile:'minimal'}}                                    | session_status
            {tools:{profile:'coding'}}                                     | session_status get_goal web_fetch sessions_list theme
            {tools:{profile:'messaging'}}                                  | session_status sessions_list message theme
            {tools:{profile:'minimal',alsoAllow:['web_fetch','group:media']}} | session_status web_fetch tts
            {tools:{alsoAllow:['web_fetch']}}                              | session_status agents_list get_goal web_fetch sessions_list message tts theme
            {tools:{profile:'minimal',alsoAllow:['web_fetch']},agents:{entries:{main:{tools:{alsoAllow:['tts']}}}}} | session_status tts
            {tools:{profile:'minimal'},agents:{entries:{main:{tools:{profile:'messaging',alsoAllow:['web_fetch']}}}}} | session_status sessions_list message theme web_fetch
            """)
    void profileLeaves(String config, String left) {
        assertLeft(left, config, Contexts.main(), EIGHT);
    }

    @ParameterizedTest(name = "{0} and {1} leave {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            agent:main:main                                    | ""                                  | session_status agents_list get_goal web_fetch sessions_list message tts theme
            agent:main:telegram:group:-100                     | ""                                  | get_goal
            agent:main:telegram:group:-200                     | ""                                  | web_fetch
            agent:main:telegram:channel:-200                   | ""                                  | web_fetch
            agent:main:telegram:group:-200:topic:7             | ""                                  | web_fetch
            agent:main:telegram:group:-200:thread:7            | ""                                  | web_fetch
            agent:main:telegram:group:-200:sender:5            | ""                                  | web_fetch
            agent:main:telegram:group:-200:topic:7:sender:5    | ""                                  | web_fetch
            agent:main:telegram:group:-300                     | ""                                  | session_status agents_list get_goal web_fetch sessions_list message theme
            agent:main:telegram:group:-400                     | ""                                  | session_status agents_list get_goal web_fetch sessions_list message theme
            agent:main:telegram:group:-999                     | ""                                  | session_status agents_list get_goal web_fetch sessions_list message theme
            agent:main:telegram:direct:-200                    | ""                                  | session_status agents_list get_goal web_fetch sessions_list message tts theme
            agent:main:main                                    | x-openclaw-message-channel=telegram | session_status agents_list get_goal web_fetch sessions_list message tts theme
            agent:main:slack:group:-200                        | x-openclaw-message-channel=telegram | session_status agents_list get_goal web_fetch sessions_list message tts theme
            agent:main:telegram:group:-200                     | x-openclaw-account-id=work          | theme
            agent:main:telegram:group:-200                     | x-openclaw-account-id= WORK         | theme
            """)
    void groupLeaves(String key, String header, String left) {
        String[] parts = header.split("=", 2);
        Contexts session = Contexts.session(key);
        InvocationContext context = (parts.length == 2 ? session.header(parts[0], parts[1]) : session).context();

        assertLeft(left, """
                {channels:{telegram:{
                  groups:{
                    '*':{tools:{deny:['tts']}},
                    '-100':{tools:{allow:['web_fetch','get_goal']},
                            toolsBySender:{'id:42':{allow:['theme']},'*':{allow:['get_goal']}}},
                    '-200':{tools:{allow:['group:web']}},
                    '-300':{},
                    '-400':{toolsBySender:{'id:42':{deny:['theme']}}}},
                  accounts:{work:{groups:{'-200':{tools:{allow:['theme']}}}}}}}}
                """, context, EIGHT);
    }

    @Test
    void groupIdIgnoresCaseWhereSessionKeysLoseIt() {
        String config = "{channels:{slack:{groups:{C0ABC:{tools:{allow:['theme']}}}}}}";

        assertLeft("theme", config, Contexts.in("agent:main:slack:group:c0abc"), EIGHT);
    }

    @Test
    void groupIdKeepsItsCaseWhereItIsPartOfTheName() {
        String config = "{channels:{signal:{groups:{AbC:{tools:{allow:['theme']}}}}}}";

        assertLeft(String.join(" ", EIGHT), config, Contexts.in("agent:main:signal:group:abc"), EIGHT);
    }

    @ParameterizedTest(name = "{0} with {1} leaves {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            agent:main:subagent:abc                | {}                                                   | sessions_list sessions_history sessions_search subagents get_goal web_fetch tts sessions_yield
            agent:main:subagent:a:subagent:b       | {}                                                   | sessions_list sessions_history sessions_search subagents get_goal web_fetch tts sessions_yield
            agent:main:subagent:1:subagent:2:subagent:3:subagent:4:subagent:5 | {}                        | get_goal web_fetch tts sessions_yield
            agent:main:subagent:abc                | {agents:{defaults:{subagents:{maxSpawnDepth:1}}}}     | get_goal web_fetch tts sessions_yield
            agent:main:subagent:abc                | {tools:{subagents:{tools:{allow:['web_fetch','session_status'],deny:['tts']}}}} | web_fetch
            agent:main:subagent:abc                | {tools:{subagents:{tools:{alsoAllow:['session_status']}}}} | sessions_list sessions_history sessions_search subagents get_goal web_fetch tts sessions_yield
            agent:main:acp:x                       | {}                                                   | sessions_list sessions_history sessions_search subagents session_status agents_list message progress_card get_goal web_fetch tts sessions_yield
            agent:main:cron:job1                   | {}                                                   | sessions_list sessions_history sessions_search subagents session_status agents_list message progress_card get_goal web_fetch secrets tts
            agent:main:main:subagent:x             | {}                                                   | sessions_list sessions_history sessions_search subagents session_status agents_list message progress_card get_goal web_fetch secrets tts sessions_yield
            """)
    void kindOfSessionLeaves(String key, String config, String left) {
        assertLeft(
                left,
                config,
                Contexts.in(key),
                List.of(
                        "sessions_list",
                        "sessions_history",
                        "sessions_search",
                        "subagents",
                        "session_status",
                        "agents_list",
                        "message",
                        "progress_card",
                        "get_goal",
                        "web_fetch",
                        "secrets",
                        "tts",
                        "sessions_yield"));
    }

    @ParameterizedTest(name = "{0} in {1} leaves {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {agents:{defaults:{sandbox:{mode:'non-main'}}}} | agent:main:main | sessions_list session_status agents_list web_fetch message
            {agents:{defaults:{sandbox:{mode:'non-main'}}}} | agent:main:foo  | sessions_list session_status
            {agents:{defaults:{sandbox:{mode:'all'}}}}      | agent:main:main | sessions_list session_status
            {agents:{defaults:{sandbox:{mode:'all'}},entries:{main:{sandbox:{mode:'off'}}}}} | agent:main:main | sessions_list session_status agents_list web_fetch message
            {agents:{defaults:{sandbox:{mode:'all'}}},tools:{sandbox:{tools:{alsoAllow:['web_fetch','gateway']}}}} | agent:main:main | sessions_list session_status web_fetch
            {agents:{defaults:{sandbox:{mode:'all'}}},tools:{sandbox:{tools:{allow:[]}}}} | agent:main:main | sessions_list session_status agents_list web_fetch message
            {agents:{defaults:{sandbox:{mode:'all'}}},tools:{sandbox:{tools:{allow:[],deny:['message']}}}} | agent:main:main | sessions_list session_status agents_list web_fetch
            """)
    void sandboxLeaves(String config, String key, String left) {
        assertLeft(
                left,
                config,
                Contexts.in(key),
                List.of("sessions_list", "session_status", "agents_list", "web_fetch", "message", "gateway"));
    }

    @Test
    void sessionThatWasSpawnedIntoASandboxIsSandboxedWhateverTheModeIs() {
        InvocationContext context =
                Contexts.session("agent:main:dashboard:x").sandboxRequired().context();

        assertLeft("sessions_list", "{}", context, List.of("sessions_list", "web_fetch"));
    }

    @Test
    void spawnedSessionHasNoMoreThanItInherited() {
        InvocationContext context = Contexts.session("agent:main:subagent:x")
                .spawned(1, Optional.of(List.of("web_*")), List.of("web_search"))
                .context();

        assertLeft("web_fetch", "{}", context, List.of("web_fetch", "web_search", "tts"));
    }

    @Test
    void emptyInheritanceLeavesNothing() {
        InvocationContext context = Contexts.session("agent:main:subagent:x")
                .spawned(1, Optional.of(List.of()), List.of())
                .context();

        assertLeft("", "{}", context, EIGHT);
    }

    @ParameterizedTest(name = "{0} leaves {1}")
    @CsvSource(delimiter = '|', textBlock = """
            node          | tts web_fetch
            voice         | web_fetch theme
            discord-voice | web_fetch theme
            telegram      | tts web_fetch theme
            """)
    void transportLeaves(String channel, String left) {
        InvocationContext context = Contexts.session("agent:main:main")
                .header("x-openclaw-message-channel", channel)
                .context();

        assertLeft(left, "{}", context, List.of("tts", "web_fetch", "theme"));
    }

    @Test
    void stepsIntersect() {
        String config = "{tools:{allow:['web_fetch','agents_list']},"
                + "agents:{entries:{main:{tools:{allow:['agents_list','session_status']}}}}}";

        assertLeft("agents_list", config, Contexts.main(), EIGHT);
    }

    @Test
    void formerNameOfAToolStillDeniesIt() {
        assertLeft("", "{tools:{deny:['update_plan']}}", Contexts.main(), List.of("progress_card"));
    }

    @Test
    void whoeverMayWriteMayPatch() {
        String config = "{tools:{allow:['write']},gateway:{tools:{allow:['apply_patch','write','edit']}}}";

        assertLeft("write apply_patch", config, Contexts.main(), List.of("write", "apply_patch", "edit"));
    }

    @Test
    void toolOfAPluginPassesTheProfileBecauseItWasAskedFor() {
        PolicyEngine engine = engine("{tools:{profile:'minimal'}}", List.of("weather_now"));

        assertTrue(engine.decide("weather_now", Contexts.main()) instanceof Allowed);
    }

    @Test
    void toolOfAPluginMustStillPassTheOtherSteps() {
        PolicyEngine engine = engine("{tools:{profile:'minimal',deny:['weather*']}}", List.of("weather_now"));

        assertFalse(engine.decide("weather_now", Contexts.main()) instanceof Allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", " ACME ", "group:plugins", "weather_*"})
    void pluginIsNamedByItsNameOrItsGroup(String entry) {
        ToolIndex index = new ToolIndex(Map.of("weather_now", "acme", "theme", "sessions"), Set.of("sessions"));
        PolicyEngine engine = PolicyEngine.compile(Configs.read("{tools:{allow:['" + entry + "']}}"), index, List.of());

        assertEquals(List.of("weather_now"), engine.reachable(Contexts.main()));
    }

    @Test
    void builtInProviderCannotBeNamed() {
        ToolIndex index = new ToolIndex(Map.of("theme", "sessions", "sessions", "other"), Set.of("sessions", "other"));
        PolicyEngine engine = PolicyEngine.compile(Configs.read("{tools:{allow:['sessions']}}"), index, List.of());

        assertEquals(List.of("sessions"), engine.reachable(Contexts.main()));
    }

    @Test
    void agentThatIsNotConfiguredHasTheGlobalRules() {
        assertLeft("theme", "{tools:{allow:['theme']}}", Contexts.in("agent:zzz:main"), EIGHT);
    }

    static PolicyEngine engine(String config, List<String> tools) {
        ToolIndex index =
                new ToolIndex(tools.stream().collect(Collectors.toMap(tool -> tool, tool -> "acme")), Set.of());
        return PolicyEngine.compile(Configs.read(config), index, List.of());
    }

    private static void assertLeft(String left, String config, InvocationContext context, List<String> of) {
        Set<String> expected = Stream.of(left.split(" "))
                .filter(tool -> !tool.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(List.copyOf(expected), engine(config, of).reachable(context));
    }
}
