package dev.portcullis.gateway.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolPolicyTest {
    @Test
    void emptyAllowListIsNotTheSameAsNone() {
        assertEquals(
                Optional.of(List.of()), ToolPolicy.allowing("hours", List.of()).allow());
        assertEquals(
                Optional.empty(), ToolPolicy.denying("hours", List.of("exec")).allow());
    }

    @Test
    void policyHasBothLists() {
        ToolPolicy policy = ToolPolicy.of("hours", List.of("a"), List.of("b"));

        assertEquals(Optional.of(List.of("a")), policy.allow());
        assertEquals(List.of("b"), policy.deny());
    }

    @Test
    void laterChangesOfAListDoNotReachThePolicy() {
        List<String> allow = new ArrayList<>(List.of("a"));
        ToolPolicy policy = ToolPolicy.allowing("hours", allow);

        allow.add("exec");

        assertEquals(Optional.of(List.of("a")), policy.allow());
    }

    @Test
    void nullIsNoWayToSayNoOpinion() {
        assertThrows(NullPointerException.class, () -> ToolPolicy.allowing("hours", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void labelThatCouldForgeALogLineIsRefused(String label) {
        assertThrows(IllegalArgumentException.class, () -> ToolPolicy.denying(label, List.of()));
    }

    @Test
    void answerWithoutAValidityHoldsForOneCall() {
        PolicyAnswer answer = PolicyAnswer.of(ToolPolicy.denying("hours", List.of("exec")));

        assertEquals(Validity.thisCall(), answer.validity());
    }
}
