package dev.portcullis.gateway.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalTest {
    @Test
    void operatorIsOwnerAndMayWrite() {
        assertTrue(Principal.operator().owner());
        assertTrue(Principal.operator().has(Scope.WRITE));
    }

    @Test
    void whoMayWriteMayReadButIsNoOwner() {
        Principal writer = Principal.of("ada", List.of(Scope.WRITE));

        assertTrue(writer.has(Scope.READ));
        assertFalse(writer.has(Scope.ADMIN));
        assertFalse(writer.owner());
    }

    @Test
    void whoHasNoScopeMayDoNothing() {
        Principal nobody = Principal.of("ada", List.of());

        assertFalse(nobody.has(Scope.READ));
        assertFalse(nobody.has(Scope.SESSIONS_READ));
    }

    @Test
    void narrowingNeverAdds() {
        Principal reader = Principal.of("ada", List.of(Scope.READ));

        assertEquals(
                Set.of(Scope.READ), reader.narrowedTo(Scope.OPERATOR_DEFAULTS).scopes());
    }

    @Test
    void narrowingKeepsWhatIsImplied() {
        Principal admin = Principal.of("ada", List.of(Scope.ADMIN));

        Principal narrowed = admin.narrowedTo(List.of(Scope.READ));

        assertEquals(Set.of(Scope.READ), narrowed.scopes());
        assertFalse(narrowed.owner());
        assertEquals("ada", narrowed.name());
    }

    @Test
    void narrowingToNothingLeavesNothing() {
        assertEquals(Set.of(), Principal.operator().narrowedTo(List.of()).scopes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "ada\n", "a\u0000b"})
    void nameThatCouldForgeALogLineIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Principal.of(name, List.of()));
    }

    @Test
    void tooLongNameIsRefused() {
        String name = "a".repeat(257);

        assertThrows(IllegalArgumentException.class, () -> Principal.of(name, List.of()));
    }
}
