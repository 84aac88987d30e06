package __PACKAGE__;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.testkit.Answer;
import dev.portcullis.gateway.testkit.TestGateway;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class __CLASS__Test {
    @Test
    void somebodyIsGreeted() {
        try (TestGateway gateway = TestGateway.with(new __CLASS__()).start()) {
            Answer answer = gateway.invoke("__TOOL__", Map.of("name", "Ada"));

            assertEquals(Map.of("greeting", "Hello, Ada!"), answer.details());
        }
    }

    @Test
    void theGreetingIsTheOperators() {
        try (TestGateway gateway = TestGateway.with(new __CLASS__())
                .config("__NAME__", Map.of("greeting", "Good day"))
                .start()) {
            assertEquals(
                    Map.of("greeting", "Good day, Ada!"),
                    gateway.invoke("__TOOL__", Map.of("name", "Ada")).details());
        }
    }

    @Test
    void aNameIsNeeded() {
        try (TestGateway gateway = TestGateway.with(new __CLASS__()).start()) {
            assertEquals(Optional.of("name required"), gateway.invoke("__TOOL__").message());
            assertEquals(400, gateway.invoke("__TOOL__", Map.of("name", " ")).status());
        }
    }
}
