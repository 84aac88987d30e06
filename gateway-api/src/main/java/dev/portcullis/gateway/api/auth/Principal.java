package dev.portcullis.gateway.api.auth;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Who the caller proved to be, and with which rights. Holds no credential. Immutable. */
public final class Principal {
    private static final Principal OPERATOR = new Principal("operator", Scope.OPERATOR_DEFAULTS);

    private final String name;
    private final Set<Scope> scopes;

    private Principal(String name, Collection<Scope> scopes) {
        this.name = name;
        this.scopes = Set.copyOf(scopes);
    }

    /**
     * Whoever holds the shared secret: the operator, with the default scopes.
     *
     * @return the principal named {@code operator}
     */
    public static Principal operator() {
        return OPERATOR;
    }

    /**
     * Somebody with a name.
     *
     * @param name appears in audit records and policy contexts; not blank, no control characters, at most 256 characters
     * @param scopes what they may do
     * @return the principal
     * @throws IllegalArgumentException if the name does not fit
     */
    public static Principal of(String name, Collection<Scope> scopes) {
        Objects.requireNonNull(scopes, "scopes");
        if (name.isBlank() || name.length() > 256 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A principal's name must not be blank, longer than 256 characters, or hold control characters");
        }
        return new Principal(name, scopes);
    }

    /**
     * The name.
     *
     * @return not blank
     */
    public String name() {
        return name;
    }

    /**
     * The rights.
     *
     * @return an immutable set, possibly empty
     */
    public Set<Scope> scopes() {
        return scopes;
    }

    /**
     * Whether the principal has a right, by itself or included in another.
     *
     * @param scope the right
     * @return true if so
     */
    public boolean has(Scope scope) {
        for (Scope granted : scopes) {
            if (granted.implies(scope)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether this principal owns the gateway: has {@link Scope#ADMIN}.
     *
     * @return true if so
     */
    public boolean owner() {
        return scopes.contains(Scope.ADMIN);
    }

    /**
     * The same principal with fewer rights: those that it has and that are asked for, by themselves or included in others.
     *
     * @param wanted rights asked for
     * @return never more than this principal has, never more than was asked for
     */
    public Principal narrowedTo(Collection<Scope> wanted) {
        Set<Scope> both = wanted.stream().filter(this::has).collect(Collectors.toCollection(HashSet::new));
        Principal asked = new Principal(name, wanted);
        Principal kept = new Principal(name, both);
        scopes.stream().filter(asked::has).filter(scope -> !kept.has(scope)).forEach(both::add);
        return new Principal(name, both);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Principal that && name.equals(that.name) && scopes.equals(that.scopes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, scopes);
    }

    @Override
    public String toString() {
        return "Principal[" + name + "]";
    }
}
