package dev.portcullis.gateway.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {
    @ParameterizedTest
    @CsvSource({
        "operator.admin,          operator.write",
        "operator.admin,          operator.talk.secrets",
        "operator.admin,          plugin.invented",
        "operator.write,          operator.read",
        "operator.write,          operator.talk",
        "operator.write,          operator.sessions.read",
        "operator.write,          operator.sessions.write",
        "operator.read,           operator.sessions.read",
        "operator.sessions.write, operator.sessions.read",
        "plugin.invented,         plugin.invented",
    })
    void scopeGivesAnother(String held, String wanted) {
        assertTrue(Scope.of(held).implies(Scope.of(wanted)));
    }

    @ParameterizedTest
    @CsvSource({
        "operator.write,          operator.admin",
        "operator.write,          operator.approvals",
        "operator.write,          operator.pairing",
        "operator.write,          operator.talk.secrets",
        "operator.read,           operator.write",
        "operator.read,           operator.sessions.write",
        "operator.sessions.read,  operator.read",
        "operator.talk,           operator.talk.secrets",
        "plugin.invented,         operator.read",
        "OPERATOR.ADMIN,          operator.read",
    })
    void scopeDoesNotGiveAnother(String held, String wanted) {
        assertFalse(Scope.of(held).implies(Scope.of(wanted)));
    }

    @Test
    void listIsSplitAtCommasAndStripped() {
        assertEquals(Set.of(Scope.READ, Scope.of("custom")), Scope.parse(" operator.read,, custom , operator.read "));
    }

    @Test
    void emptyListIsNoScope() {
        assertEquals(Set.of(), Scope.parse(" , "));
    }

    @Test
    void blankScopeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Scope.of(" "));
    }
}
