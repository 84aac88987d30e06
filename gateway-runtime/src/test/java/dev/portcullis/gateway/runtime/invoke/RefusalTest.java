package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.policy.NamedPolicySource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No tool runs for a request that anything speaks against. */
class RefusalTest {
    private static final String DENYING = "{tools: {deny: ['probe']}}";

    private final Tool.Handler handler = mock(Tool.Handler.class);
    private final Tool tool =
            Tool.of(TestRoad.named("probe", InputSchema.object().requiredString("city")), handler);
    private final TestRoad road = TestRoad.of(tool);

    @AfterEach
    void stop() {
        road.close();
    }

    private Outcome invoke(FakeCall call) {
        return road.invoke(call.arguments(Map.of("city", "Bern")));
    }

    @Test
    void allowedToolIsInvokedOnce() throws Exception {
        invoke(FakeCall.of("probe"));

        verify(handler).invoke(org.mockito.ArgumentMatchers.any());
        verifyNoMoreInteractions(handler);
    }

    @Test
    void deniedToolIsNeverInvoked() {
        road.serving(DENYING, tool);

        Outcome outcome = invoke(FakeCall.of("probe"));

        assertEquals(new Outcome.NotAvailable("probe"), outcome);
        assertEquals("tools.deny", road.onlyRecord().ruling().label());
        verifyNoInteractions(handler);
    }

    @Test
    void unknownToolIsNeverInvoked() {
        Outcome outcome = invoke(FakeCall.of("probes"));

        assertEquals(new Outcome.NotAvailable("probes"), outcome);
        assertEquals("catalog", road.onlyRecord().ruling().label());
        verifyNoInteractions(handler);
    }

    @Test
    void argumentsOfADeniedToolAreNotEvenChecked() {
        road.serving(DENYING, tool);

        Outcome outcome = road.invoke(FakeCall.of("probe").arguments(Map.of()));

        assertEquals(new Outcome.NotAvailable("probe"), outcome);
    }

    @Test
    void strangerRunsNothingAndMakesUsReadNothing() {
        FakeCall call = FakeCall.of("probe").without("authorization");

        Outcome outcome = invoke(call);

        assertInstanceOf(Outcome.Unauthenticated.class, outcome);
        assertEquals("token_missing", road.onlyRecord().caller().failure());
        assertFalse(call.bodyRead);
        verifyNoInteractions(handler);
    }

    @Test
    void wrongTokenRunsNothing() {
        Outcome outcome = invoke(FakeCall.of("probe").bearer("wrong"));

        assertInstanceOf(Outcome.Unauthenticated.class, outcome);
        verifyNoInteractions(handler);
    }

    @Test
    void callerWithoutTheScopeRunsNothingAndMakesUsReadNothing() {
        FakeCall call = FakeCall.of("probe").bearer(TestRoad.READER);

        Outcome outcome = invoke(call);

        assertEquals(new Outcome.MissingScope("operator.write"), outcome);
        assertFalse(call.bodyRead);
        verifyNoInteractions(handler);
    }

    @Test
    void requestThroughAnUnknownProxyRunsNothing() {
        FakeCall call = FakeCall.of("probe").header("x-forwarded-for", "192.0.2.1");

        Outcome outcome = invoke(call);

        assertInstanceOf(Outcome.ProxyUnattributed.class, outcome);
        assertFalse(call.bodyRead);
        verifyNoInteractions(handler);
    }

    @Test
    void malformedOrTooLargeOrSlowBodyRunsNothing() {
        for (Outcome failure :
                new Outcome[] {new Outcome.BodyMalformed("no"), new Outcome.BodyTooLarge(), new Outcome.BodyTimedOut()
                }) {
            Outcome outcome = invoke(FakeCall.of("probe").whileReading(() -> {
                throw new Stop(failure);
            }));

            assertEquals(failure, outcome);
        }
        assertEquals(3, road.records.size());
        verifyNoInteractions(handler);
    }

    @Test
    void argumentsThatDoNotFitRunNothing() {
        Outcome outcome = road.invoke(FakeCall.of("probe").arguments(Map.of("town", "Bern")));

        assertEquals(new Outcome.InvalidArguments("city required"), outcome);
        verifyNoInteractions(handler);
    }

    @Test
    void policySourceThatFailsRunsNothingKnownOrUnknown() {
        road.with(new NamedPolicySource("hours", context -> {
            throw new IllegalStateException("clock is broken");
        }));
        road.serving("{}", tool);

        Outcome known = invoke(FakeCall.of("probe"));
        Outcome unknown = invoke(FakeCall.of("probes"));

        assertInstanceOf(Outcome.PolicyFailed.class, known);
        assertInstanceOf(Outcome.PolicyFailed.class, unknown);
        assertEquals("policy_error", road.records.getFirst().ruling().decision());
        verifyNoInteractions(handler);
    }

    @Test
    void authProviderThatFailsAdmitsNobody() {
        road.serving(
                TestRoad.read("{}"),
                request -> {
                    throw new IllegalStateException("directory is down");
                },
                tool);

        Outcome outcome = invoke(FakeCall.of("probe"));

        assertInstanceOf(Outcome.AuthenticationFailed.class, outcome);
        verifyNoInteractions(handler);
    }

    @Test
    void credentialWithdrawnWhileTheBodyWasReadRunsNothing() {
        GatewayConfig config = TestRoad.read("{}");
        FakeCall call = FakeCall.of("probe")
                .whileReading(() -> road.serving(
                        config, request -> AuthResult.rejected(AuthFailure.wrong("token_mismatch")), tool));

        Outcome outcome = invoke(call);

        assertInstanceOf(Outcome.Unauthenticated.class, outcome);
        verifyNoInteractions(handler);
    }

    @Test
    void callerWhoBecameSomebodyElseWhileTheBodyWasReadRunsNothing() {
        GatewayConfig config = TestRoad.read("{}");
        FakeCall call = FakeCall.of("probe")
                .whileReading(() -> road.serving(
                        config, request -> AuthResult.authenticated(Principal.of("other", Set.of(Scope.WRITE))), tool));

        Outcome outcome = invoke(call);

        assertInstanceOf(Outcome.Unauthenticated.class, outcome);
        assertEquals("authority_changed", road.onlyRecord().caller().failure());
        verifyNoInteractions(handler);
    }

    @Test
    void newGenerationThatStillAdmitsTheCallerRunsTheTool() throws Exception {
        FakeCall call = FakeCall.of("probe").whileReading(() -> road.serving("{}", tool));

        invoke(call);

        verify(handler).invoke(org.mockito.ArgumentMatchers.any());
    }

    @Test
    void callerWhoLeftBeforeTheToolBeganRunsNothing() {
        FakeCall call = FakeCall.of("probe");

        Outcome outcome = invoke(call.whileReading(call::hangUp));

        assertInstanceOf(Outcome.Cancelled.class, outcome);
        assertEquals("cancelled", road.onlyRecord().outcome());
        verifyNoInteractions(handler);
    }
}
