package __PACKAGE__;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.testkit.Answer;
import dev.portcullis.gateway.testkit.TestGateway;
import dev.portcullis.gateway.testkit.ToolCall;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class __CLASS__Test {
    private static final ToolCall STRANGER = ToolCall.of("whoami").asStranger();

    @Test
    void theKeyAdmitsItsCaller() {
        Answer answer = ask(STRANGER.header("X-Caller-Key", "open sesame"));

        assertEquals(200, answer.status());
        assertEquals(Optional.of("ann"), answer.principal());
    }

    @Test
    void aWrongKeyIsRefused() {
        Answer answer = ask(STRANGER.header("X-Caller-Key", "open barley"));

        assertEquals(401, answer.status());
        assertEquals(Optional.of("key_mismatch"), answer.authFailure());
    }

    @Test
    void withoutAKeyNobodyIsAdmitted() {
        assertEquals(Optional.of("key_missing"), ask(STRANGER).authFailure());
    }

    @Test
    void withoutSettingsItDoesNotLoad() {
        assertThrows(PluginException.class, () -> TestGateway.with(new __CLASS__()).start());
    }

    private static Answer ask(ToolCall call) {
        try (TestGateway gateway = TestGateway.with(new __CLASS__())
                .config("__NAME__", Map.of("key", "open sesame", "caller", "ann"))
                .configuration("gateway.auth.mode = __NAME__")
                .start()) {
            return gateway.invoke(call);
        }
    }
}
