package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code gateway.roles}: every definition is checked; the default one limits identities. */
final class RolesReader {
    private enum Sandbox {
        INHERIT,
        REQUIRED
    }

    private enum Others {
        NONE,
        VIEW,
        SUGGEST,
        WRITE
    }

    private RolesReader() {}

    static Optional<AuthConfig.OperatorRole> standard(Section gateway) {
        Section roles = gateway.section("roles");
        Map<String, AuthConfig.OperatorRole> definitions =
                roles.section("definitions").each(RolesReader::role);
        Optional<String> name = roles.text("default");
        if (name.isPresent() && !definitions.containsKey(name.get())) {
            roles.unknownWord("default", name.get(), List.copyOf(definitions.keySet()));
        }
        roles.close();
        return name.map(definitions::get);
    }

    private static AuthConfig.OperatorRole role(String name, Section role) {
        boolean all = role.node("agents")
                .filter(value -> value instanceof Node.Scalar scalar && "*".equals(scalar.value()))
                .isPresent();
        Optional<Set<String>> agents =
                all ? Optional.empty() : role.texts("agents").map(Set::copyOf);
        AuthConfig.OperatorRole read =
                new AuthConfig.OperatorRole(name, role.texts("scopes").map(Set::copyOf), agents);
        unkept(role);
        role.close();
        return read;
    }

    /** Limits that nobody here would keep are no limits: they are refused, and what limits nothing is accepted. */
    private static void unkept(Section role) {
        role.choice("sandbox", Sandbox.class)
                .filter(sandbox -> sandbox == Sandbox.REQUIRED)
                .ifPresent(required -> role.error(
                        "sandbox",
                        "is \"required\", but this gateway starts no sandbox for a role",
                        "Limit the role by scopes and agents, or mark its agents' sessions as sandboxed"
                                + " (agents.entries.<id>.sandbox.mode)."));
        Section sessions = role.section("sessions");
        sessions.choice("others", Others.class)
                .filter(others -> others == Others.NONE)
                .ifPresent(none -> sessions.error(
                        "others",
                        "is \"none\", but sessions here belong to agents and not to people",
                        "Limit the role by agents, or all callers by tools.sessions.visibility = self."));
        sessions.close();
        if (role.text("accessPolicyPlugin").isPresent()) {
            role.error(
                    "accessPolicyPlugin",
                    "names a plugin of the reference gateway, which nobody would ask here",
                    "Put a policy source into the plugins folder instead; it is asked without being named.");
        }
    }
}
