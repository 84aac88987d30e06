package dev.portcullis.gateway.runtime.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.portcullis.gateway.runtime.policy.StepPlan.Shape;
import dev.portcullis.gateway.runtime.policy.SubagentRules.Role;
import dev.portcullis.gateway.runtime.policy.SurfaceSteps.Transport;
import dev.portcullis.gateway.runtime.session.InvocationContext.Lineage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepPlanTest {
    private static final Object[] ONE = {
        Optional.of("main"),
        Transport.values()[0],
        SessionKind.values()[0],
        new IdleStep("group", "one"),
        false,
        Role.values()[0],
        Optional.empty(),
        false
    };
    private static final Object[] OTHER = {
        Optional.of("other"),
        Transport.values()[1],
        SessionKind.values()[1],
        new IdleStep("group", "other"),
        true,
        Role.values()[1],
        Optional.of(new Lineage("agent:main:main", 1, Optional.empty(), List.of(), false)),
        true
    };

    /** Contexts that share a shape share their decisions: none may share another's. */
    @Test
    void shapesThatDifferInOneThingAloneAreDifferent() throws Exception {
        assertEquals(ONE.length, Shape.class.getRecordComponents().length);
        for (int i = 0; i < ONE.length; i++) {
            Object[] mixed = ONE.clone();
            mixed[i] = OTHER[i];

            assertNotEquals(shape(ONE), shape(mixed), Shape.class.getRecordComponents()[i].getName());
        }
        assertEquals(shape(ONE), shape(ONE.clone()));
        assertEquals(shape(OTHER).hashCode(), shape(OTHER.clone()).hashCode());
    }

    private static Shape shape(Object... components) throws ReflectiveOperationException {
        return (Shape) Shape.class.getDeclaredConstructors()[0].newInstance(components);
    }
}
