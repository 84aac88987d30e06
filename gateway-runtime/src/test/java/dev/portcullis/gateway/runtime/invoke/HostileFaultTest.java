package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolAuthorizationException;
import dev.portcullis.gateway.api.tool.ToolInputException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a tool throws is code of its plugin, too. */
class HostileFaultTest {
    /** Throws what no compiler lets it. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException undeclared(Throwable checked) throws T {
        throw (T) checked;
    }

    private static final class Undeclared extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw HostileFaultTest.<RuntimeException>undeclared(new IOException("of the message"));
        }

        @Override
        public synchronized Throwable getCause() {
            throw HostileFaultTest.<RuntimeException>undeclared(new IOException("of the cause"));
        }
    }

    private static Outcome outcome(Tool.Handler handler) {
        try (TestRoad road = TestRoad.of(Tool.of(TestRoad.named("probe"), handler))) {
            Outcome outcome = road.invoke(FakeCall.of("probe").arguments(Map.of()));
            assertEquals(1, road.records.size());
            return outcome;
        }
    }

    @Test
    void exceptionThatThrowsCheckedOnesWhenItIsReadIsAFailureOfItsTool() {
        Outcome outcome = outcome(call -> {
            throw new Undeclared();
        });

        assertInstanceOf(Outcome.ToolFailed.class, outcome);
    }

    @Test
    void refusalIsNoWayAroundTheBoundOfResults() {
        String longText = "x".repeat(1 << 20);

        Outcome.InvalidArguments invalid = assertInstanceOf(Outcome.InvalidArguments.class, outcome(call -> {
            throw new ToolInputException(longText);
        }));
        Outcome.Forbidden forbidden = assertInstanceOf(Outcome.Forbidden.class, outcome(call -> {
            throw new ToolAuthorizationException(longText);
        }));

        assertEquals(ToolExecutor.LONGEST_MESSAGE + 1, invalid.message().length());
        assertEquals(ToolExecutor.LONGEST_MESSAGE + 1, forbidden.message().length());
    }
}
