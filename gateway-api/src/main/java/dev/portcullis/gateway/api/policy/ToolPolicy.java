package dev.portcullis.gateway.api.policy;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One labelled rule: which tools it lets pass. Immutable.
 *
 * <p>Entries are tool names, {@code group:…} names, plugin names, or patterns in which {@code *} stands for any run of
 * characters; case and surrounding white space do not matter. A tool that a deny entry matches is out. Without an allow list
 * the rule has no opinion on the rest; with one, only what it matches stays. An <em>empty</em> allow list lets nothing pass
 * (in the configuration file an empty list means no restriction; a plugin that computes an empty list means it).
 */
public final class ToolPolicy {
    private final String label;
    private final @Nullable List<String> allow;
    private final List<String> deny;

    private ToolPolicy(String label, @Nullable Collection<String> allow, Collection<String> deny) {
        if (label.isBlank() || label.length() > 160 || label.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A policy's label must not be blank, longer than 160 characters, or hold control characters");
        }
        this.label = label;
        this.allow = allow == null ? null : List.copyOf(allow);
        this.deny = List.copyOf(deny);
    }

    /**
     * Lets pass only what is listed.
     *
     * @param label says where the rule comes from, for whoever asks why a tool is missing
     * @param allow what may pass; nothing, if empty
     * @return the rule
     */
    public static ToolPolicy allowing(String label, Collection<String> allow) {
        return new ToolPolicy(label, Objects.requireNonNull(allow, "allow"), List.of());
    }

    /**
     * Lets pass all but what is listed.
     *
     * @param label says where the rule comes from, for whoever asks why a tool is missing
     * @param deny what may not pass
     * @return the rule
     */
    public static ToolPolicy denying(String label, Collection<String> deny) {
        return new ToolPolicy(label, null, deny);
    }

    /**
     * Lets pass only what is allowed and not denied.
     *
     * @param label says where the rule comes from, for whoever asks why a tool is missing
     * @param allow what may pass; nothing, if empty
     * @param deny what may not pass even if allowed
     * @return the rule
     */
    public static ToolPolicy of(String label, Collection<String> allow, Collection<String> deny) {
        return new ToolPolicy(label, Objects.requireNonNull(allow, "allow"), deny);
    }

    /**
     * Where the rule comes from.
     *
     * @return as given; the gateway puts {@code plugins.<name>:} before it
     */
    public String label() {
        return label;
    }

    /**
     * What may pass.
     *
     * @return empty if the rule has no opinion; a present, empty list lets nothing pass
     */
    public Optional<List<String>> allow() {
        return Optional.ofNullable(allow);
    }

    /**
     * What may not pass.
     *
     * @return an immutable list, possibly empty
     */
    public List<String> deny() {
        return deny;
    }

    @Override
    public String toString() {
        return "ToolPolicy[" + label + (allow == null ? "" : ", allow " + allow)
                + (deny.isEmpty() ? "" : ", deny " + deny) + "]";
    }
}
