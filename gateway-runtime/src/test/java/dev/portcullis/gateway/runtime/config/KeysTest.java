package dev.portcullis.gateway.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {gateway: {prot: 1}}                                  | gateway.prot                      | Did you mean "port"?
            {gateway: {http: {allowSessionKeyOverride: true}}}    | gateway.http.allowSessionKeyOverride | unknown key
            {gateway: {auth: {rateLimit: {banana: 1}}}}           | gateway.auth.rateLimit.banana     | unknown key
            {gateway: {auth: {tokn: 'x'}}}                        | gateway.auth.tokn                 | Did you mean "token"?
            {gateway: {tools: {denny: []}}}                       | gateway.tools.denny               | Did you mean "deny"?
            {tools: {dney: ['a']}}                                | tools.dney                        | Did you mean "deny"?
            {tools: {deny: 'a'}}                                  | tools.deny                        | expected a list of texts
            {gateway: {tools: {deny: ['sessions_?']}}}            | gateway.tools.deny                | in a pattern, * stands for any run
            {gateway: {tools: {deny: ['exec, spawn']}}}           | gateway.tools.deny                | Write one entry for each name
            {gateway: {tools: {deny: ['group:*']}}}               | gateway.tools.deny                | name each group in full
            {tools: {deny: ['/^exec$/']}}                         | tools.deny                        | it would deny nothing
            {tools: {sandbox: {tools: {deny: ['[a-z]*']}}}}       | tools.sandbox.tools.deny          | it would deny nothing
            {agents: {entries: {ops: {tools: {deny: ['!exec']}}}}} | agents.entries.ops.tools.deny    | it would deny nothing
            {plugins: {deny: ['*']}}                              | plugins.deny                      | set plugins.enabled to false
            {plugins: {deny: ['a b']}}                            | plugins.deny                      | no name of a plugin
            {tools: {deny: [1]}}                                  | tools.deny[0]                     | expected a text, got 1
            {tools: {profile: 'minmal'}}                          | tools.profile                     | Did you mean "minimal"?
            {tools: {profile: null}}                              | tools.profile                     | got null
            {tools: {byProvider: {openai: {allwo: []}}}}          | tools.byProvider.openai.allwo     | Did you mean "allow"?
            {tools: {sessions: {visibility: 'everything'}}}       | tools.sessions.visibility         | self, tree, agent, all
            {agents: {entries: {ops: {tols: {}}}}}                | agents.entries.ops.tols           | Did you mean "tools"?
            {agents: {entires: {}}}                               | agents.entires                    | Did you mean "entries"?
            {agents: {entries: {'a b': {}}}}                      | agents.entries."a b"              | not an agent id
            {agents: {defaults: {sandbox: {mode: 'on'}}}}         | agents.defaults.sandbox.mode      | off, non-main, all
            {session: {scope: 'globl'}}                           | session.scope                     | Did you mean "global"?
            {session: {mainkey: 'x'}}                             | session.mainkey                   | Did you mean "mainKey"?
            {plugins: {entries: {w: {servces: []}}}}              | plugins.entries.w.servces         | Did you mean "services"?
            {plugins: {entries: {w: {services: ['session']}}}}    | plugins.entries.w.services        | Did you mean "sessions"?
            {plugins: {verify: 'signd'}}                          | plugins.verify                    | Did you mean "signed"?
            {plugins: {verify: 'signed'}}                         | plugins.verify                    | Name the public keys
            {plugins: {capabilities: 'enforced'}}                 | plugins.capabilities              | Did you mean "enforce"?
            {plugins: {trustedKeys: ['MCow']}}                    | plugins.trustedKeys               | entry 1 is no Ed25519 public key
            {plugins: {loadTimeoutMs: 5}}                         | plugins.loadTimeoutMs             | got 5
            {logging: {level: 'debgu'}}                           | logging.level                     | Did you mean "debug"?
            {gateway: {port: 70000}}                              | gateway.port                      | 0 to 65535, got 70000
            {gateway: {port: 1.5}}                                | gateway.port                      | got 1.5
            {gateway: {invoke: {maxConcurrent: 0}}}               | gateway.invoke.maxConcurrent      | got 0
            {gateway: {mode: 'remote'}}                           | gateway.mode                      | Set gateway.mode=local
            {gateway: {tls: {enabled: true, certPath: 'c.pem'}}}  | gateway.tls.certPath              | keyPath is not set
            {gateway: {tls: {enabled: true, keyPath: 'k.pem'}}}   | gateway.tls.keyPath               | certPath is not set
            {gateway: {publicOrigin: 'http://tools.example'}}     | gateway.publicOrigin              | is not an https origin
            {gateway: {controlUi: {basePath: '/a//b'}}}           | gateway.controlUi.basePath        | is not a path that a request could name
            {gateway: {controlUi: {basePath: '/a/../b'}}}         | gateway.controlUi.basePath        | is not a path that a request could name
            {gateway: {publicOrigin: 'https://tools.example/x'}}  | gateway.publicOrigin              | is not an https origin
            {gateway: {remote: {url: 'ftp://tools.example'}}}     | gateway.remote.url                | not the base URL
            {gateway: {remote: {url: 'wss://a:b@tools.example'}}} | gateway.remote.url                | without user
            {gateway: {remote: {tlsFingerprint: '5B:1C'}}}        | gateway.remote.tlsFingerprint     | is no SHA-256 fingerprint
            {gateway: 1}                                          | gateway                           | expected an object, got 1
            {tols: {}}                                            | tols                              | Did you mean "tools"?
            {channels: {telegram: {groups: {'1': {tools: {dny: []}}}}}} | channels.telegram.groups.1.tools.dny | Did you mean "deny"?
            """)
    void aMistakeIsSaidWithItsPlaceAndAWayOut(String json5, String path, String what) {
        List<ConfigProblem> errors = given().errors(json5);

        Given.says(errors, "openclaw.json:1: " + path + ": ", what);
        assertEquals(1, errors.size(), errors::toString);
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        List<ConfigProblem> errors = given().errors("""
                { gateway: { port: 'x', bind: 'lann', auth: { mode: 'password' } },
                  tools: { profile: 'banana' },
                  session: { scope: 1 } }
                """);

        assertEquals(5, errors.size(), errors::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {agents: {defaults: {experimental: {localModelLean: true}}}}      | agents.defaults.experimental
            {agents: {entries: {main: {experimental: {localModelLean: true}}}}} | agents.entries.main.experimental
            {agents: {list: [{id: 'main', experimental: {localModelLean: true}}]}} | agents.list[0].experimental
            """)
    void keysOfOneAgentAreAcceptedInEveryWayToWriteIt(String json5, String path) {
        ConfigReading.Valid valid = assertInstanceOf(ConfigReading.Valid.class, given().json(json5), json5);

        assertTrue(valid.unused().stream().anyMatch(key -> key.startsWith(path)), () -> valid.unused() + "");
        assertEquals(List.of(), valid.warnings());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {agents: {defaults: {dreaming: {deep: true}}}}    | agents.defaults.dreaming
            {agents: {entries: {main: {dreaming: 1}}}}        | agents.entries.main.dreaming
            {session: {dreaming: 1}}                          | session.dreaming
            {logging: {dreaming: 1}}                          | logging.dreaming
            {plugins: {entries: {w: {dreaming: 1}}}}          | plugins.entries.w.dreaming
            """)
    void unknownKeyThatTouchesNoRuleIsAWarningAndListed(String json5, String path) {
        ConfigReading.Valid valid = assertInstanceOf(ConfigReading.Valid.class, given().json(json5), json5);

        assertEquals(List.of(path), valid.unused());
        Given.says(valid.warnings(), path, "without effect here");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {tools: {alow: ['a']}}                                  | tools.alow
            {tools: {forbid: ['a']}}                                | tools.forbid
            {agents: {entries: {ops: {tools: {forbid: ['a']}}}}}    | agents.entries.ops.tools.forbid
            {gateway: {requireLogin: true}}                         | gateway.requireLogin
            {gateway: {controlUi: {allowOrigins: []}}}              | gateway.controlUi.allowOrigins
            {plugins: {alow: ['a']}}                                | plugins.alow
            {plugins: {entries: {w: {requried: true}}}}             | plugins.entries.w.requried
            """)
    void unknownKeyWhereKeysAreRulesIsAnError(String json5, String path) {
        Given.says(given().errors(json5), path, "unknown key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{agents: {defaults: {model: 'azure/${NO_SUCH}'}}}",
                "{agents: {defaults: {model: {primary: 'azure/${NO_SUCH}'}}}}",
                "{agents: {entries: {main: {model: 'azure/${NO_SUCH}', name: '${NO_SUCH}', identity: {name: '${NO_SUCH}'}}}}}",
            })
    void variableThatIsNotSetStopsNothingWhereItIsOnlyShown(String json5) {
        Given.says(given().json(json5).warnings(), "NO_SUCH, which is not set");
        given().valid(json5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tools",
                "tools.deny",
                "tools.allow",
                "tools.profile",
                "gateway",
                "gateway.auth",
                "gateway.auth.mode",
                "gateway.auth.token",
                "gateway.auth.password",
                "gateway.auth.trustedProxy",
                "gateway.auth.identityScopes.ann",
                "gateway.tools",
                "gateway.tools.deny",
                "gateway.roles",
                "gateway.trustedProxies",
                "agents",
                "agents.entries.ops",
                "agents.entries.ops.tools",
                "channels",
                "channels.telegram",
                "channels.telegram.groups",
                "channels.telegram.groups.one",
                "channels.telegram.groups.one.tools.deny",
                "plugins",
                "plugins.allow",
                "plugins.verify",
                "plugins.entries.w.required",
                "plugins.entries.w.enabled",
            })
    void nullIsNoValueInEitherSyntax(String path) {
        Given.says(Given.errors(given().conf(path + " = null\n")), path + ": ");
        Given.says(
                given().errors("{" + path.replace(".", ": {") + ": null" + "}".repeat(path.split("\\.").length)),
                path + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{gateway: {auth: {mode: ''}}}",
                "{gateway: {auth: {mode: 'token', token: ''}}}",
                "{gateway: {auth: {mode: 'password', password: ' '}}}",
                "{gateway: {auth: {providers: ['']}}}",
                "{gateway: {auth: {trustedProxy: {userHeader: ''}}}}",
                "{gateway: {roles: {default: '', definitions: {}}}}",
                "{plugins: {verify: ''}}",
                "{tools: {profile: ''}}",
            })
    void emptyTextOpensNothing(String json5) {
        given().errors(json5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {tools: {allow: []}}                                                    | tools.allow
            {agents: {entries: {ops: {tools: {allow: []}}}}}                        | agents.entries.ops.tools.allow
            {channels: {telegram: {groups: {'*': {tools: {allow: []}}}}}}           | channels.telegram.groups.*.tools.allow
            {plugins: {allow: []}}                                                  | plugins.allow
            """)
    void emptyListThatLimitsNothingIsWarnedOf(String json5, String path) {
        Given.says(given().json(json5).warnings(), path, "limits nothing");
    }

    @Test
    void agentWhoseRulesAreMisspeltIsNotOverlooked() {
        Given.says(given().errors("{agents: {qa: {tols: {deny: ['a']}}}}"), "agents.qa", "unknown key");
    }

    @Test
    void nameThatIsNoTextStopsNothing() {
        ConfigReading reading = given().json("{agents: {entries: {main: {name: 5}}}}");

        assertTrue(Given.valid(reading).agents().entries().get("main").name().isEmpty());
        Given.says(reading.warnings(), "agents.entries.main.name", "expected a text");
    }

    @Test
    void versionAtTheTopIsNoSlipOfAnotherSection() {
        Given.says(given().json("{ version: 1 }").warnings(), "unknown section \"version\"", "nothing reads it");
        given().valid("{ version: 1 }");
    }

    @Test
    void keysOfTheReferenceAreAcceptedAndListed() {
        ConfigReading reading = given().json("""
                { gateway: { controlUi: { enabled: true }, remote: { url: 'ws://x', sshTarget: 'x' } },
                  tools: { exec: { ask: 'off' } }, update: { checkOnStart: false } }
                """);

        assertEquals(
                Set.of("gateway.controlUi.enabled", "gateway.remote.sshTarget", "tools.exec", "update"),
                Set.copyOf(assertInstanceOf(ConfigReading.Valid.class, reading).unused()));
    }

    @Test
    void fingerprintIsReadAsOpensslPrintsIt() {
        String pin = "5b1c".repeat(16);

        GatewayConfig config = given().valid(
                        "{gateway: {remote: {url: 'wss://tools.example', tlsFingerprint: 'sha256 Fingerprint="
                                + pin.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:") + "'}}}");

        assertEquals(Optional.of(pin), config.remote().tlsFingerprint());
        assertEquals(
                Optional.of(URI.create("https://tools.example")),
                config.remote().url());
    }

    @Test
    void anUnknownSectionIsAWarning() {
        Given.says(given().json("{ somethingelse: {} }").warnings(), "somethingelse", "nothing reads it");
    }

    @Test
    void agentsMayBeEntriesAListOrNamedDirectly() {
        AgentsConfig agents = given().valid("""
                        { agents: { entries: { Ops: { tools: { deny: ['a'] } } },
                                    list: [ { id: 'dev', default: true, tools: { profile: 'minimal' } } ],
                                    qa: { tools: { allow: ['b'] } } } }
                        """).agents();

        assertEquals(List.of("ops", "dev", "qa"), List.copyOf(agents.entries().keySet()));
        assertEquals("dev", agents.systemAgent().orElseThrow());
        assertEquals(
                "agents.entries.Ops.tools", agents.entries().get("ops").tools().path());
        assertEquals("agents.qa.tools", agents.entries().get("qa").tools().path());
        assertEquals(List.of("b"), agents.entries().get("qa").tools().allow().orElseThrow());
    }

    @Test
    void oneAgentIsConfiguredOnceAndOneIsDefault() {
        List<ConfigProblem> errors = given().errors("""
                { agents: { entries: { ops: { default: true }, OPS: {}, dev: { default: true } } } }
                """);

        Given.says(errors, "configured twice");
        Given.says(errors, "several agents are marked as default");
    }

    @Test
    void ourOwnKeysAreRead() {
        GatewayConfig config = given().valid("""
                { gateway: { invoke: { timeoutMs: 5000, timeouts: { slow: 90000 }, maxConcurrent: 7, maxResultBytes: 1000,
                                       policySourceTimeoutMs: 250 },
                             drainTimeoutMs: 100, auth: { providers: ['api-key'] } },
                  plugins: { verify: 'signed', capabilities: 'enforce', loadTimeoutMs: 1500,
                             trustedKeys: ['11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='],
                             enabled: false, allow: ['a'], deny: ['b'], load: { paths: ['more'] },
                             entries: { a: { enabled: true, required: true, services: ['sessions'], config: { x: [1, 'y'] } } } },
                  logging: { level: 'warn', audit: { enabled: false, file: 'audit.log' } } }
                """);

        assertEquals(Duration.ofSeconds(5), config.invoke().timeout());
        assertEquals(Map.of("slow", Duration.ofSeconds(90)), config.invoke().timeouts());
        assertEquals(7, config.invoke().maxConcurrent());
        assertEquals(List.of("api-key"), config.auth().providers());
        assertEquals(List.of(directory.resolve("more")), config.plugins().loadPaths());
        PluginTrust trust = config.plugins().trust();
        assertEquals(PluginTrust.Verify.SIGNED, trust.verify());
        assertEquals(PluginTrust.Capabilities.ENFORCE, trust.capabilities());
        assertEquals(Duration.ofMillis(1500), trust.loadTimeout());
        assertEquals(
                "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
                PublicKeys.line(trust.trustedKeys().getFirst()));
        PluginsConfig.Entry entry = config.plugins().entries().get("a");
        assertTrue(entry.required());
        assertEquals(Map.of("x", List.of(1L, "y")), entry.config());
        assertEquals(System.Logger.Level.WARNING, config.logging().level());
        assertEquals(directory.resolve("audit.log"), config.audit().file().orElseThrow());
    }

    @Test
    void channelsAreReadAsFarAsTheyDecideAboutTools() {
        ChannelConfig channel = given().valid("""
                        { channels: { Telegram: { botToken: 'x', groups: { '*': { tools: { deny: ['a'] } } },
                            accounts: { work: { groups: { '-1': { toolsBySender: { 'id:42': { deny: ['b'] } } } } }, home: {} } } } }
                        """).channels().get("telegram");

        assertEquals(
                List.of("a"),
                channel.groups().get("*").tools().orElseThrow().deny().orElseThrow());
        assertTrue(channel.accounts().get("home").groups().isEmpty());
        assertTrue(channel.accounts()
                .get("work")
                .groups()
                .orElseThrow()
                .get("-1")
                .bySender()
                .containsKey("id:42"));
    }

    @Test
    void theDefaultRoleLimitsIdentities() {
        String text =
                "{gateway: {roles: {default: '%s', definitions: {guest: {agents: ['main'], scopes: ['operator.read'],"
                        + " sessions: {others: 'view'}}, all: {agents: '*'}}}}}";

        AuthConfig.OperatorRole guest =
                given().valid(text.formatted("guest")).auth().defaultRole().orElseThrow();
        AuthConfig.OperatorRole all =
                given().valid(text.formatted("all")).auth().defaultRole().orElseThrow();

        assertEquals(Set.of("operator.read"), guest.scopes().orElseThrow());
        assertEquals(Set.of("main"), guest.agents().orElseThrow());
        assertTrue(all.agents().isEmpty() && all.scopes().isEmpty());
        Given.says(given().errors(text.formatted("gest")), "gateway.roles.default", "Did you mean \"guest\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sandbox: 'required'          | guest.sandbox
            sandbox: 'banana'            | guest.sandbox
            sessions: {others: 'none'}   | guest.sessions.others
            sessions: {others: 'nobody'} | guest.sessions.others
            accessPolicyPlugin: 'people' | guest.accessPolicyPlugin
            """)
    void limitsOfARoleThatNobodyWouldKeepAreRefused(String limit, String path) {
        Given.says(
                given().errors("{gateway: {roles: {default: 'guest', definitions: {guest: {" + limit + "}}}}}"),
                "gateway.roles.definitions." + path);
    }

    @Test
    void wordsOfARoleThatLimitNothingHereAreAccepted() {
        assertTrue(given().valid(
                        "{gateway: {roles: {default: 'g', definitions: {g: {sandbox: 'inherit', sessions: {others: 'write'}}}}}}")
                .auth()
                .defaultRole()
                .isPresent());
    }

    @Test
    void webPagesThatMayCallAreRead() {
        AuthConfig.BrowserOrigins origins = given().valid("""
                        { gateway: { controlUi: { allowedOrigins: ['https://tools.example'],
                                                  dangerouslyAllowHostHeaderOriginFallback: true } } }
                        """).auth().browserOrigins();

        assertEquals(List.of("https://tools.example"), origins.allowed());
        assertTrue(origins.hostHeader());
    }

    @ParameterizedTest
    @CsvSource({"openclaw, /openclaw", "/openclaw/, /openclaw", "/a/b, /a/b", "/, /", "'', /"})
    void basePathHasASlashBeforeItAndNoneBehind(String written, String read) {
        assertEquals(
                read,
                given().valid("{gateway: {controlUi: {basePath: '" + written + "'}}}")
                        .server()
                        .basePath());
    }

    private Given given() {
        return new Given(directory);
    }
}
