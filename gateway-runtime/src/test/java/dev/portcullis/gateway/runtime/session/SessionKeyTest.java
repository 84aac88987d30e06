package dev.portcullis.gateway.runtime.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.gateway.runtime.session.InvocationContext.Group;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionKeyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            AGENT:main:Telegram:Group:-100AbC              | agent:main:telegram:group:-100abc
            agent:main:signal:group:AbC=                   | agent:main:signal:group:AbC=
            agent:main:Signal:GROUP:AbC=:Thread:TT         | agent:main:signal:group:AbC=:thread:tt
            agent:main:matrix:channel:!AbC:Ex.org:thread:TT| agent:main:matrix:channel:!AbC:Ex.org:thread:TT
            agent:main:MATRIX:Group:!AbC:Ex.org            | agent:main:matrix:group:!AbC:Ex.org
            agent:main:agent:Ops:x                         | agent:main:agent:ops:x
            agent: Main :x                                 | agent: main :x
            agent:My Agent!:main                           | agent:my agent!:main
            Foo:Bar                                        | foo:bar
            GLOBAL                                         | global
            a/b/../c                                       | a/b/../c
            """)
    void keyIsBroughtIntoCanonicalForm(String sent, String canonical) {
        assertEquals(canonical, SessionKey.parse(sent).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"agent:", "agent:main", "agent::x", "agent:main:", "agent:main::x", "AGENT: :x", "Agent:m:"})
    void keyThatBreaksTheGrammarIsMalformed(String sent) {
        InvalidSessionException refused = assertThrows(InvalidSessionException.class, () -> SessionKey.parse(sent));

        assertEquals("malformed session key \"" + sent + "\"", refused.getMessage());
    }

    @Test
    void keyThatIsTooLongIsRefused() {
        SessionKey.parse("x".repeat(512));

        InvalidSessionException refused =
                assertThrows(InvalidSessionException.class, () -> SessionKey.parse("x".repeat(513)));

        assertEquals("session key has 513 characters, at most 512 are accepted", refused.getMessage());
    }

    @Test
    void controlCharacterIsRefusedAndNotEchoed() {
        InvalidSessionException refused =
                assertThrows(InvalidSessionException.class, () -> SessionKey.parse("a\u0000b"));

        assertEquals("session key contains a control character (U+0000) at position 1", refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "agent:Main:x, main",
        "agent: ops :x, ops",
        "agent:b@d id:main, b-d-id",
        "agent:--My Agent!--:x, my-agent",
        "agent:!!!:x, main"
    })
    void agentIdOfTheKeyIsNormalised(String sent, String agent) {
        assertEquals(Optional.of(agent), SessionKey.parse(sent).agent());
    }

    @ParameterizedTest
    @CsvSource({
        "agent:main:telegram:group:-200, telegram, -200",
        "agent:main:telegram:channel:-200, telegram, -200",
        "agent:main:telegram:group:-200:topic:7, telegram, -200:topic:7",
        "agent:main:telegram:group:-200:sender:5, telegram, -200:sender:5",
        "agent:main:telegram:group:-200:thread:7, telegram, -200",
        "telegram:group:-200, telegram, -200",
        "agent:main:subagent:telegram:group:-200, telegram, -200",
        "agent:main:matrix:channel:!AbC:Ex.org:thread:TT, matrix, !AbC:Ex.org"
    })
    void groupOfTheKeyKeepsItsColons(String sent, String channel, String id) {
        assertEquals(Optional.of(new Group(channel, id)), SessionKey.parse(sent).group());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent:main:main",
                "agent:main:group:-100111",
                "agent:main:telegram:direct:-200",
                "agent:main:telegram:acct1:direct:-200",
                "agent:main:agent:ops:telegram:group:1",
                "agent:main:telegram:group:",
                "agent:main:main:subagent:telegram:group:1"
            })
    void otherKeysNameNoGroup(String sent) {
        assertEquals(Optional.empty(), SessionKey.parse(sent).group());
    }

    @ParameterizedTest
    @CsvSource({
        "agent:main:telegram:direct:42, telegram,",
        "agent:main:telegram:dm:42, telegram,",
        "agent:main:telegram:Work:direct:42, telegram, work",
        "agent:main:telegram:group:-1, telegram,",
        "agent:main:direct:42,,",
        "agent:main:lane,,"
    })
    void channelAndAccountComeFromTheKey(String sent, String channel, String account) {
        SessionKey key = SessionKey.parse(sent);

        assertEquals(Optional.ofNullable(channel), key.channel());
        assertEquals(Optional.ofNullable(account), key.account());
    }

    @ParameterizedTest
    @CsvSource({
        "agent:main:subagent:abc, 1",
        "subagent:abc, 1",
        "agent:main:subagent:a:subagent:b, 2",
        "agent:main:main:subagent:x, 0",
        "agent:main:cron:job1, 0"
    })
    void subagentsAreCountedOnlyBelowASubagentKey(String sent, int parts) {
        assertEquals(parts, SessionKey.parse(sent).subagentParts());
    }

    @ParameterizedTest
    @CsvSource({
        "agent:main:cron:job1:run:2, cron",
        "agent:main:hook:abc, hook",
        "agent:main:node:x, node",
        "agent:main:node-x, node",
        "agent:main:slack:channel:c1, group",
        "agent:main:telegram:direct:42, other",
        "agent:main:lane-a, other"
    })
    void kindFollowsFromTheShape(String sent, String kind) {
        assertEquals(kind, SessionKey.parse(sent).kind());
    }

    @Test
    void canonicalFormIsStable() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String alphabet = "agentMAIN:signalgroupmatrixchannel:ÄİßΣ :-_!";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder sent = new StringBuilder(random.nextBoolean() ? "Agent:Ops:" : "");
            sent.append(random.nextInt(4) == 0 ? "Signal:Group:" : "");
            for (int n = random.nextInt(1, 30); n > 0; n--) {
                sent.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            SessionKey once;
            try {
                once = SessionKey.parse(sent.toString());
            } catch (InvalidSessionException malformed) {
                continue;
            }
            assertEquals(
                    once.text().toLowerCase(Locale.ROOT),
                    SessionKey.parse(once.text()).text().toLowerCase(Locale.ROOT),
                    () -> "seed " + seed + ", sent " + sent);
            assertEquals(once, SessionKey.parse(once.text()), () -> "seed " + seed + ", sent " + sent);
        }
    }
}
