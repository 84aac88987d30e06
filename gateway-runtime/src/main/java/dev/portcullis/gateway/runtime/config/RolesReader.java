package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code gateway.roles}: every definition is checked; the default one limits identities. */
final class RolesReader {
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
        role.close();
        return read;
    }
}
