package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PluginDiagnosisTest {
    /** Throws what no compiler lets it. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException undeclared(Throwable checked) throws T {
        throw (T) checked;
    }

    private static final class Undeclared extends SecurityException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw PluginDiagnosisTest.<RuntimeException>undeclared(new IOException("of the message"));
        }

        @Override
        public synchronized Throwable getCause() {
            throw PluginDiagnosisTest.<RuntimeException>undeclared(new IOException("of the cause"));
        }
    }

    @Test
    void faultThatThrowsCheckedExceptionsWhenItIsReadIsLeftUnexplained() {
        Optional<String> meaning = PluginDiagnosis.ofCall(new Undeclared());

        assertEquals(Optional.empty(), meaning);
    }
}
