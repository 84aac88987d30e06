package __PACKAGE__;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.testkit.Answer;
import dev.portcullis.gateway.testkit.TestGateway;
import dev.portcullis.gateway.testkit.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class __CLASS__Test {
    @Test
    void aReservedToolIsThereForItsCallers() {
        assertEquals(200, ask("ann", "deploy_web").status());
    }

    @Test
    void nobodyElseFindsIt() {
        Answer answer = ask("bob", "deploy_web");

        assertEquals(404, answer.status());
        assertEquals(Optional.of("plugins.__NAME__:reserved for ann"), answer.deniedBy());
    }

    @Test
    void otherToolsAreNotTouched() {
        assertEquals(200, ask("bob", "look").status());
    }

    private static Answer ask(String caller, String tool) {
        try (TestGateway gateway = TestGateway.with(new __CLASS__())
                .config("__NAME__", Map.of("tools", List.of("deploy_*"), "callers", List.of("ann")))
                .tool("deploy_web")
                .tool("look")
                .start()) {
            return gateway.invoke(ToolCall.of(tool).as(Principal.of(caller, Set.of(Scope.WRITE))));
        }
    }
}
