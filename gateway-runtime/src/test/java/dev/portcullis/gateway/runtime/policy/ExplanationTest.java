package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.policy.Explanation.Opinion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void stepsComeInTheirOrder() {
        Explanation explanation = explain("{}", "theme");

        assertEquals(
                List.of(
                        "transport",
                        "kind of session",
                        "tools.profile",
                        "tools.byProvider.profile",
                        "tools",
                        "tools.byProvider",
                        "agent tools",
                        "agent tools.byProvider",
                        "group tools",
                        "tools.toolsBySender",
                        "sandbox tools",
                        "subagent tools",
                        "inherited tools",
                        "HTTP deny list"),
                explanation.lines().stream().map(Explanation.Line::step).toList());
    }

    @Test
    void firstStepThatRemovesDecides() {
        Explanation explanation =
                explain("{tools:{deny:['th*']},agents:{entries:{main:{tools:{deny:['theme']}}}}}", "theme");

        Denied denied = assertInstanceOf(Denied.class, explanation.decision());
        assertEquals("tools.deny", denied.label());
    }

    @Test
    void everyStepThatRemovesSaysWhatWouldHaveToChange() {
        Explanation explanation = explain("{tools:{profile:'minimal',deny:['cr*','AUTO*']}}", "automations");

        assertEquals(
                List.of(
                        "tools.profile: add \"automations\" to tools.alsoAllow, or change tools.profile",
                        "tools.deny: take \"AUTO*\" out of tools.deny",
                        "HTTP deny list: add \"automations\" to gateway.tools.allow, if owners shall reach it remotely"),
                explanation.changes());
    }

    @Test
    void entryThatMatchedIsShownAsWritten() {
        Explanation explanation = explain("{tools:{allow:[' Group:UI ']}}", "theme");

        Explanation.Line line = explanation.lines().stream()
                .filter(each -> each.label().equals("tools.allow"))
                .findFirst()
                .orElseThrow();
        assertEquals(Opinion.KEPT, line.opinion());
        assertEquals(Optional.of(" Group:UI "), line.entry());
    }

    @Test
    void nameThatNobodyProvidesIsExplainedToo() {
        Explanation explanation = explain("{tools:{allow:['theme']}}", "no_such_tool");

        assertTrue(explanation.provider().isEmpty());
        assertInstanceOf(Denied.class, explanation.decision());
    }

    private static Explanation explain(String config, String tool) {
        return RuleMatchingTest.engine(config, List.of("theme", "automations")).explain(tool, Contexts.main());
    }
}
