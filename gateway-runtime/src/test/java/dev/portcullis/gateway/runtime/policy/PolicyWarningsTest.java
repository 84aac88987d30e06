package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyWarningsTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {tools:{allow:["web_fetsh"]}}                          | tools.allow: "web_fetsh" is no tool
            {tools:{allow:["web_fetsh"]}}                          | Did you mean "web_fetch"?
            {tools:{deny:["sesions_list"]}}                        | Did you mean "sessions_list"?
            {tools:{deny:["group:webs"]}}                          | Did you mean "group:web"?
            {tools:{deny:["nothing_like_it*"]}}                    | matches no tool that is known here
            {tools:{allow:["theme"],deny:["th*"]}}                 | tools.allow: "theme" can never match
            {tools:{allow:["tts"]}}                                | names tools that nothing loaded here provides: tts
            {tools:{byProvider:{openai:{deny:["theme"]}}}}         | tools.byProvider does nothing over HTTP
            {tools:{toolsBySender:{"*":{deny:["theme"]}}}}         | tools.toolsBySender does nothing over HTTP
            {agents:{entries:{ops:{tools:{deny:["themee"]}}}}}     | agents.entries.ops.tools.deny: "themee"
            {gateway:{tools:{allow:["*"]}}}                        | gateway.tools.allow: "*" matches nothing
            {gateway:{tools:{allow:["theme"]}}}                    | is not on the HTTP deny list
            {gateway:{tools:{allow:["exek"]}}}                     | Did you mean "exec"?
            {gateway:{tools:{allow:["exec"],deny:["bash"]}}}       | has no effect, because gateway.tools.deny has "bash"
            {gateway:{tools:{allow:["exec"],deny:["ex*"]}}}        | has no effect, because gateway.tools.deny has "ex*"
            {gateway:{tools:{allow:["group:fs"]}}}                 | gateway.tools.allow: "group:fs" matches nothing
            {gateway:{tools:{deny:["group:webb"]}}}                | gateway.tools.deny: "group:webb" is no tool, group or plugin
            {gateway:{tools:{deny:["group:webb"]}}}                | Did you mean "group:web"?
            {gateway:{tools:{deny:["sesions_*"]}}}                 | gateway.tools.deny: the pattern "sesions_*" matches no tool
            {gateway:{tools:{deny:["sesions_*"]}}}                 | Did you mean "sessions_*"?
            {tools:{deny:["wether_*"]}}                            | Did you mean "weather_*"?
            {tools:{sandbox:{tools:{deny:["themee"]}}}}            | tools.sandbox.tools.deny: "themee"
            {tools:{subagents:{tools:{deny:["themee"]}}}}          | tools.subagents.tools.deny: "themee"
            {agents:{entries:{ops:{tools:{sandbox:{tools:{deny:["themee"]}}}}}}} | agents.entries.ops.tools.sandbox.tools.deny: "themee"
            {channels:{irc:{groups:{"#a":{tools:{deny:["themee"]}}}}}} | channels.irc.groups.#a.tools.deny: "themee"
            {channels:{irc:{groups:{"#a":{toolsBySender:{"*":{deny:["themee"]}}}}}}} | toolsBySender.*.deny: "themee"
            {channels:{irc:{accounts:{x:{groups:{"#a":{tools:{deny:["themee"]}}}}}}}} | channels.irc.accounts.x.groups.#a.tools.deny: "themee"
            {gateway:{tools:{deny:["themme"]}}}                    | Did you mean "theme"?
            """)
    void ruleThatCannotMeanWhatItSaysIsNamed(String config, String expected) {
        List<String> warnings = warnings(config);

        assertTrue(
                warnings.stream().anyMatch(warning -> warning.contains(expected)), () -> expected + " in " + warnings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{tools:{profile:'minimal',alsoAllow:['theme','group:plugins','acme','*']}}",
                "{tools:{deny:['tts','group:web','cron','update_plan','weather_*','']}}",
                "{gateway:{tools:{allow:['cron',' EXEC '],deny:['theme','nodes']}}}",
                "{gateway:{tools:{deny:['sessions_*','group:web','*','acme','fs_delete','whatsapp_login']}}}"
            })
    void soundRulesAreNotComplainedAbout(String config) {
        assertEquals(List.of(), warnings(config));
    }

    @Test
    void sameWarningIsGivenOnce() {
        assertEquals(1, warnings("{tools:{deny:['themee','themee']}}").size());
    }

    private static List<String> warnings(String config) {
        return RuleMatchingTest.engine(config, List.of("theme", "web_fetch", "weather_now"))
                .warnings();
    }
}
