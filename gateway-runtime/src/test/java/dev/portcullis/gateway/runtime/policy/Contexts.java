package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.session.InvocationContext;
import dev.portcullis.gateway.runtime.session.InvocationContext.Group;
import dev.portcullis.gateway.runtime.session.InvocationContext.Lineage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Contexts as requests produce them. */
final class Contexts {
    static final Principal WRITER = Principal.of("writer", Set.of(Scope.WRITE));

    private final Principal principal;
    private final String agent;
    private final String rest;
    private Map<String, String> headers = Map.of();
    private Optional<Lineage> lineage = Optional.empty();

    private Contexts(Principal principal, String agent, String rest) {
        this.principal = principal;
        this.agent = agent;
        this.rest = rest;
    }

    /** The operator in the main session of the agent main. */
    static InvocationContext main() {
        return in("agent:main:main");
    }

    /** The operator in a session. */
    static InvocationContext in(String key) {
        return session(key).context();
    }

    static Contexts session(String key) {
        return by(Principal.operator(), key);
    }

    static Contexts by(Principal principal, String key) {
        if (!key.startsWith("agent:")) {
            return new Contexts(principal, "main", key);
        }
        String[] parts = key.split(":", 3);
        return new Contexts(principal, parts[1], parts[2]);
    }

    Contexts header(String name, String value) {
        headers = Map.of(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    Contexts headers(Map<String, String> all) {
        headers = all;
        return this;
    }

    Contexts spawned(int depth, Optional<List<String>> allow, List<String> deny) {
        lineage = Optional.of(new Lineage("agent:main:main", depth, allow, deny, false));
        return this;
    }

    Contexts sandboxRequired() {
        lineage = Optional.of(new Lineage("agent:main:main", 1, Optional.empty(), List.of(), true));
        return this;
    }

    InvocationContext context() {
        Optional<Group> group = group();
        Optional<String> hint = Optional.ofNullable(headers.get("x-openclaw-message-channel"));
        return new InvocationContext(
                principal,
                InvocationContext.HTTP,
                "agent:" + agent + ":" + rest,
                agent,
                rest.equals("main"),
                group.map(Group::channel).or(() -> hint),
                hint,
                Optional.ofNullable(headers.get("x-openclaw-account-id")),
                group,
                rest.startsWith("subagent:") ? rest.split("subagent:", -1).length - 1 : 0,
                lineage);
    }

    private Optional<Group> group() {
        String body = rest.startsWith("subagent:") ? rest.substring("subagent:".length()) : rest;
        String[] parts = body.split(":", 3);
        return parts.length == 3 && (parts[1].equals("group") || parts[1].equals("channel"))
                ? Optional.of(new Group(parts[0].toLowerCase(Locale.ROOT), parts[2]))
                : Optional.empty();
    }
}
