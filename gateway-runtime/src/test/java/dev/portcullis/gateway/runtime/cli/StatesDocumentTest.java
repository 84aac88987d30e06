package dev.portcullis.gateway.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.portcullis.gateway.runtime.Document;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/operator-api.md} names every state that a gateway is found in. */
class StatesDocumentTest {
    @Test
    void documentNamesEveryState() {
        Set<String> states = Stream.of(GatewayLook.State.values())
                .map(GatewayLook.State::word)
                .collect(Collectors.toSet());

        assertEquals(
                states,
                Document.of("operator-api.md").table("### Health and status").stream()
                        .map(row -> Document.plain(String.valueOf(row.get("state"))))
                        .collect(Collectors.toSet()));
    }
}
