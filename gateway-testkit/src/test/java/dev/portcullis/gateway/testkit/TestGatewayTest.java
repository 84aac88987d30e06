package dev.portcullis.gateway.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.api.policy.PolicyAnswer;
import dev.portcullis.gateway.api.policy.PolicySource;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.policy.ToolPolicy;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolAuthorizationException;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolInputException;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TestGatewayTest {
    /** One tool, {@code probe}; remembers what was done to it. */
    private static final class Probe implements ToolProvider {
        private final List<String> events = new ArrayList<>();
        private final Function<PluginContext, Tool.Handler> handler;

        static Probe running(Tool.Handler handler) {
            return new Probe(context -> handler);
        }

        Probe(Function<PluginContext, Tool.Handler> handler) {
            this.handler = handler;
        }

        @Override
        public String name() {
            events.add("name");
            return "probe";
        }

        @Override
        public List<Tool> tools(PluginContext context) {
            events.add("tools");
            return List.of(Tool.of(
                    ToolDescriptor.named("probe")
                            .description("A tool of the test")
                            .input(InputSchema.object()
                                    .optionalInteger("count", 1, 9, "How many")
                                    .property("price", Map.of("type", "number"), false))
                            .build(),
                    handler.apply(context)));
        }

        @Override
        public void close() {
            events.add("close");
        }
    }

    @Test
    void providerLivesAsItsContractSays() {
        Probe probe = Probe.running(call -> ToolResult.none());

        TestGateway.with(probe).start().close();

        assertEquals(
                List.of("name", "tools", "close"),
                probe.events.stream().distinct().toList());
        assertEquals(1, probe.events.stream().filter("tools"::equals).count());
        assertEquals(1, probe.events.stream().filter("close"::equals).count());
    }

    @Test
    void argumentsAreCoercedAndResultsRendered() {
        try (TestGateway gateway = TestGateway.with(Probe.running(call -> ToolResult.of(Map.of(
                        "count", call.arguments().optionalInteger("count").orElse(0L)))))
                .start()) {
            Answer answer = gateway.invoke("probe", Map.of("count", "7"));

            assertEquals(200, answer.status());
            assertEquals(Map.of("count", 7L), answer.details());
            assertEquals("{\n  \"count\": 7\n}", answer.text());
            assertEquals(Optional.of("operator"), answer.principal());
        }
    }

    @Test
    void numbersKeepTheirDigits() {
        BigDecimal exact = new BigDecimal("12345678901.12345678901");
        AtomicReference<Object> got = new AtomicReference<>();
        try (TestGateway gateway = TestGateway.with(Probe.running(call -> {
                    got.set(call.arguments().number("price"));
                    return ToolResult.of(call.arguments().asMap());
                }))
                .start()) {
            Answer answer = gateway.invoke("probe", Map.of("price", exact));

            assertEquals(exact, got.get());
            assertEquals(Map.of("price", exact), answer.details());
        }
    }

    @Test
    void argumentsThatDoNotFitReachNoTool() {
        AtomicBoolean ran = new AtomicBoolean();
        try (TestGateway gateway = TestGateway.with(Probe.running(call -> {
                    ran.set(true);
                    return ToolResult.none();
                }))
                .start()) {
            Answer answer = gateway.invoke("probe", Map.of("count", 10));

            assertEquals(400, answer.status());
            assertEquals("invalid_arguments", answer.outcome());
            assertTrue(answer.message().orElseThrow().contains("count"), answer::toString);
            assertFalse(ran.get());
        }
    }

    @Test
    void whatATestCannotSendIsSaid() {
        try (TestGateway gateway =
                TestGateway.with(Probe.running(call -> ToolResult.none())).start()) {
            assertThrows(IllegalArgumentException.class, () -> gateway.invoke("probe", Map.of("count", new Object())));
        }
    }

    @Test
    void exceptionsBecomeTheAnswersThatClientsGet() {
        try (TestGateway gateway = TestGateway.with(Probe.running(call -> {
                    switch (call.arguments().optionalInteger("count").orElse(0L).intValue()) {
                        case 1 -> throw new ToolInputException("no such city");
                        case 2 -> throw new ToolAuthorizationException("not yours");
                        default -> throw new IllegalStateException("the pass phrase is sesame");
                    }
                }))
                .start()) {
            Answer wrong = gateway.invoke("probe", Map.of("count", 1));
            Answer forbidden = gateway.invoke("probe", Map.of("count", 2));
            Answer broken = gateway.invoke("probe");

            assertEquals(
                    "400 no such city", wrong.status() + " " + wrong.message().orElseThrow());
            assertEquals(
                    "403 not yours",
                    forbidden.status() + " " + forbidden.message().orElseThrow());
            assertEquals("500 tool_failed", broken.status() + " " + broken.outcome());
            assertFalse(broken.toString().contains("sesame"));
            assertThrows(AssertionError.class, broken::details);
        }
    }

    @Test
    void deadlineInterruptsAndAnswers() {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (TestGateway gateway = TestGateway.with(Probe.running(call -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException late) {
                        interrupted.countDown();
                        throw late;
                    }
                    return ToolResult.none();
                }))
                .configuration("gateway.invoke.timeoutMs = 100")
                .start()) {
            Answer answer = gateway.invoke("probe");

            assertEquals(504, answer.status());
            assertEquals("timed_out", answer.outcome());
        }
        assertEquals(0, interrupted.getCount());
    }

    @Test
    void settingsReachTheProvider() {
        try (TestGateway gateway = TestGateway.with(new Probe(context -> {
                    String city = context.config().requiredString("city");
                    return call -> ToolResult.text(city);
                }))
                .config("probe", Map.of("city", "Oslo", "contry", "Norway"))
                .start()) {
            assertEquals("Oslo", gateway.invoke("probe").text());
            assertEquals(List.of("plugins.entries.probe.config.contry"), gateway.unusedKeys());
        }
    }

    @Test
    void providerThatRefusesItsSettingsDoesNotStart() {
        Probe probe = new Probe(context -> {
            context.config().requiredString("city");
            return call -> ToolResult.none();
        });

        PluginException refused = assertThrows(
                PluginException.class, () -> TestGateway.with(probe).start());

        assertTrue(refused.getMessage().contains("plugins.entries.probe.config.city is missing"), refused::getMessage);
        assertEquals("close", probe.events.getLast());
    }

    @Test
    void configurationThatDoesNotHoldIsExplained() {
        PluginException refused = assertThrows(
                PluginException.class,
                () -> TestGateway.with(Probe.running(call -> ToolResult.none()))
                        .configuration("tools.alow = [probe]")
                        .start());

        assertTrue(refused.getMessage().contains("tools.alow"), refused::getMessage);
    }

    @Test
    void servicesAreLentIfGranted() {
        Tool.Handler reader = call -> ToolResult.of(call.services().sessions().transcript("current", 10).stream()
                .map(message -> message.text())
                .toList());
        try (TestGateway granted = TestGateway.with(Probe.running(reader))
                        .services("probe", "sessions")
                        .start();
                TestGateway refused = TestGateway.with(Probe.running(reader)).start()) {
            granted.say("agent:main:notes", "user", "buy milk");

            Answer answer = granted.invoke(ToolCall.of("probe").inSession("agent:main:notes"));

            assertEquals(List.of("buy milk"), answer.details());
            assertEquals("tool_failed", refused.invoke("probe").outcome());
        }
    }

    @Test
    void callerIsWhoTheTestSays() {
        try (TestGateway gateway = TestGateway.with(
                        Probe.running(call -> ToolResult.text(call.principal().name())))
                .start()) {
            ToolCall call = ToolCall.of("probe");

            assertEquals(
                    "ann",
                    gateway.invoke(call.as(Principal.of("ann", Set.of(Scope.WRITE))))
                            .text());
            Answer reader = gateway.invoke(call.as(Principal.of("bob", Set.of(Scope.READ))));
            assertEquals("403 missing_scope", reader.status() + " " + reader.outcome());
            assertEquals(401, gateway.invoke(call.asStranger()).status());
        }
    }

    @Test
    void authProviderIsAskedAboutStrangers() {
        AuthProvider badges = new AuthProvider() {
            @Override
            public String name() {
                return "badges";
            }

            @Override
            public Kind kind() {
                return Kind.IDENTITY;
            }

            @Override
            public Authenticator create(PluginContext context) {
                String known = context.config().requiredString("badge");
                return request -> request.bearer()
                        .map(badge -> badge.equals(known)
                                ? AuthResult.authenticated(Principal.of("guard", Set.of(Scope.WRITE)))
                                : AuthResult.rejected(AuthFailure.wrong("badge_unknown")))
                        .orElseGet(() -> AuthResult.abstained(AuthFailure.missing("badge_missing")));
            }
        };
        try (TestGateway gateway = TestGateway.with(badges)
                .config("badges", Map.of("badge", "b-17"))
                .start()) {
            Answer known = gateway.invoke(ToolCall.of("whoami").bearer("b-17"));
            Answer wrong = gateway.invoke(ToolCall.of("whoami").bearer("b-18"));

            assertEquals(Optional.of("guard"), known.principal());
            assertEquals(Map.of("principal", "guard", "session", "agent:main:main"), known.details());
            assertEquals(
                    "401 badge_unknown",
                    wrong.status() + " " + wrong.authFailure().orElseThrow());
        }
    }

    @Test
    void policySourceDecides() {
        PolicySourceProvider noDeploys = new PolicySourceProvider() {
            @Override
            public String name() {
                return "frozen";
            }

            @Override
            public PolicySource create(PluginContext context) {
                return asked -> PolicyAnswer.of(ToolPolicy.denying("release freeze", List.of("deploy_*")));
            }
        };
        try (TestGateway gateway =
                TestGateway.with(noDeploys).tool("deploy_web").tool("look").start()) {
            Answer denied = gateway.invoke("deploy_web");

            assertEquals(404, denied.status());
            assertEquals(Optional.of("plugins.frozen:release freeze"), denied.deniedBy());
            assertEquals(200, gateway.invoke("look").status());
            assertEquals(Optional.of("catalog"), gateway.invoke("nonesuch").deniedBy());
        }
    }

    @Test
    void httpDenyListHolds() {
        try (TestGateway gateway = TestGateway.with(Probe.running(call -> ToolResult.none()))
                .tool("exec")
                .start()) {
            Answer answer = gateway.invoke("exec");

            assertEquals(404, answer.status());
            assertEquals(Optional.of("HTTP deny list"), answer.deniedBy());
        }
    }
}
