package dev.portcullis.gateway.api.auth;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A right of a principal, by name. Names are compared exactly; a name that nobody knows is kept and grants nothing. The
 * constants and what they imply are those of the OpenClaw gateway 2026.9.6 ({@code docs/gateway/operator-scopes.md} of its
 * package). Immutable.
 */
public final class Scope {
    /** Everything. A principal that has it is an owner. */
    public static final Scope ADMIN = new Scope("operator.admin");

    /** Look at state. */
    public static final Scope READ = new Scope("operator.read");

    /** Invoke tools; includes {@link #READ}. */
    public static final Scope WRITE = new Scope("operator.write");

    /** Look at sessions. */
    public static final Scope SESSIONS_READ = new Scope("operator.sessions.read");

    /** Change sessions. */
    public static final Scope SESSIONS_WRITE = new Scope("operator.sessions.write");

    /** Decide approvals. */
    public static final Scope APPROVALS = new Scope("operator.approvals");

    /** Answer questions. */
    public static final Scope QUESTIONS = new Scope("operator.questions");

    /** Pair devices. */
    public static final Scope PAIRING = new Scope("operator.pairing");

    /** Talk. */
    public static final Scope TALK = new Scope("operator.talk");

    /** See the secrets of talk providers. */
    public static final Scope TALK_SECRETS = new Scope("operator.talk.secrets");

    /** What an operator has unless told otherwise. */
    public static final Set<Scope> OPERATOR_DEFAULTS =
            Set.of(ADMIN, READ, WRITE, APPROVALS, QUESTIONS, PAIRING, TALK_SECRETS);

    private static final Set<Scope> BY_WRITE = Set.of(READ, TALK, SESSIONS_READ, SESSIONS_WRITE);

    private final String name;

    private Scope(String name) {
        this.name = name;
    }

    /**
     * The scope of that name.
     *
     * @param name compared exactly; not blank
     * @return the scope
     * @throws IllegalArgumentException if the name is blank
     */
    public static Scope of(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A scope needs a name");
        }
        return new Scope(name);
    }

    /**
     * The scopes of a comma-separated list, as in the {@code x-openclaw-scopes} header.
     *
     * @param list names; white space around them and empty items are dropped
     * @return the scopes in order, possibly none
     */
    public static Set<Scope> parse(String list) {
        Set<Scope> scopes = new LinkedHashSet<>();
        for (String item : list.split(",", -1)) {
            if (!item.isBlank()) {
                scopes.add(new Scope(item.strip()));
            }
        }
        return scopes;
    }

    /**
     * The name.
     *
     * @return for instance {@code operator.write}
     */
    public String name() {
        return name;
    }

    /**
     * Whether having this scope means having the other.
     *
     * @param other the scope that is asked for
     * @return true if equal or included
     */
    public boolean implies(Scope other) {
        return equals(other)
                || equals(ADMIN)
                || (equals(WRITE) && BY_WRITE.contains(other))
                || ((equals(READ) || equals(SESSIONS_WRITE)) && other.equals(SESSIONS_READ));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scope that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
