package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.session.InvocationContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDenyListTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec",
                "spawn",
                "shell",
                "fs_write",
                "fs_delete",
                "fs_move",
                "apply_patch",
                "sessions_spawn",
                "sessions_send",
                "cron",
                "gateway",
                "nodes",
                "whatsapp_login",
                "terminal",
                "portal",
                "conversations_list",
                "conversations_send",
                "conversations_turn",
                "automations",
                "plugins",
                "computer",
                "mobile_ui",
                "openclaw",
                "ls",
                "read",
                "write",
                "edit",
                "process"
            })
    void nothingOnTheListIsReachedAsShipped(String tool) {
        assertInstanceOf(Denied.class, decide("{tools:{allow:['*']}}", tool, Contexts.main()));
    }

    @ParameterizedTest(name = "allow {0}, deny {1}: {2} is reachable: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'SESSIONS_SEND',' cron ' | ""             | sessions_send | true
            'SESSIONS_SEND',' cron ' | ""             | cron          | true
            'SESSIONS_SEND',' cron ' | ""             | automations   | true
            'exec'                   | ""             | exec          | true
            'bash'                   | ""             | exec          | true
            'gateway','cron'         | 'gateway'      | gateway       | false
            'gateway','cron'         | 'gateway'      | cron          | true
            'automations'            | 'cron'         | automations   | false
            ""                       | 'AGENTS_LIST'  | agents_list   | false
            '*'                      | ""             | gateway       | false
            'group:automation'       | ""             | gateway       | false
            ""                       | 'sess*'        | sessions_list | false
            ""                       | 'sess*'        | web_fetch     | true
            ""                       | 'group:web'    | web_fetch     | false
            ""                       | ' GROUP:Web '  | web_search    | false
            ""                       | 'group:plugins'| theme         | false
            ""                       | 'acme'         | theme         | false
            ""                       | '*'            | agents_list   | false
            'exec'                   | 'ex*'          | exec          | false
            'gateway'                | 'group:automation' | gateway   | false
            """)
    void exactNamesOpenAndNamesGroupsAndPatternsClose(String allow, String deny, String tool, boolean reachable) {
        String config = "{gateway:{tools:{allow:[" + allow + "],deny:[" + deny + "]}}}";

        assertEquals(reachable, decide(config, tool, Contexts.main()) instanceof Allowed);
    }

    @Test
    void listOpensForOwnersOnly() {
        InvocationContext writer =
                Contexts.by(Contexts.WRITER, "agent:main:main").context();

        assertInstanceOf(Denied.class, decide("{gateway:{tools:{allow:['exec']}}}", "exec", writer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sessions", "gateway", "screen", "nodes", "plugins", "cron"})
    void ownerOnlyToolsStayClosedForOthers(String tool) {
        InvocationContext writer =
                Contexts.by(Contexts.WRITER, "agent:main:main").context();

        assertInstanceOf(Denied.class, decide("{gateway:{tools:{allow:['" + tool + "']}}}", tool, writer));
    }

    @Test
    void ownerReachesWhatIsForOwners() {
        assertInstanceOf(Allowed.class, decide("{}", "sessions", Contexts.main()));
    }

    @Test
    void openingTheListBringsNothingBackThatPolicyRemoved() {
        String config = "{tools:{allow:['cron']},gateway:{tools:{allow:['cron','gateway']}}}";

        assertInstanceOf(Allowed.class, decide(config, "cron", Contexts.main()));
        assertInstanceOf(Denied.class, decide(config, "gateway", Contexts.main()));
    }

    @Test
    void aliasInAPolicyDeniesTheToolThatTheListOpens() {
        String config = "{tools:{deny:['cron']},gateway:{tools:{allow:['automations']}}}";

        assertInstanceOf(Denied.class, decide(config, "automations", Contexts.main()));
    }

    @Test
    void everyNameHasAReasonAndIsNormalised() {
        HttpDenyList.shipped().forEach((name, reason) -> {
            assertEquals(name, ToolNames.normalise(name));
            assertFalse(reason.isBlank(), name);
        });
        assertTrue(HttpDenyList.shipped().size() >= 28);
    }

    private static Decision decide(String config, String tool, InvocationContext context) {
        String requested = ToolNames.requested(tool);
        return RuleMatchingTest.engine(config, List.of(requested)).decide(requested, context);
    }
}
