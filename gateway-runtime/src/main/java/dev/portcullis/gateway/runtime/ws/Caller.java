package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.runtime.auth.AuthDecision;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whoever authenticated on a connection.
 *
 * @param admitted with the rights that hold on this connection
 * @param headers of the upgrade, with the credential of the first request
 */
record Caller(Admitted admitted, ConnectRequest connect, String peer, Headers headers) {
    static Admitted limited(Admitted admitted, ConnectRequest connect) {
        return new Admitted(connect.limited(admitted.principal()), admitted.method(), admitted.generation());
    }

    /** The caller under another snapshot: as it was, authenticated again, or nobody any more. */
    Optional<Caller> under(Snapshot snapshot) {
        if (snapshot.authentication().generation() == admitted.generation()) {
            return Optional.of(this);
        }
        AuthDecision again =
                snapshot.authentication().recheck(snapshot.ingress().attribute(peer, headers), headers);
        return again instanceof Admitted known
                        && known.principal().name().equals(admitted.principal().name())
                ? Optional.of(new Caller(limited(known, connect), connect, peer, headers))
                : Optional.empty();
    }

    /** The headers of the upgrade as authenticators read them, with the credential that came later in place of theirs. */
    static Headers headers(Headers sent, Optional<String> credential) {
        if (credential.isEmpty()) {
            return sent;
        }
        List<String> value = List.of("Bearer " + credential.get());
        List<String> names = new ArrayList<>();
        sent.names().forEach(name -> {
            if (!name.toLowerCase(Locale.ROOT).equals("authorization")) {
                names.add(name);
            }
        });
        names.add("authorization");
        return new Headers() {
            @Override
            public List<String> all(String name) {
                return name.toLowerCase(Locale.ROOT).equals("authorization") ? value : sent.all(name);
            }

            @Override
            public Iterable<String> names() {
                return names;
            }

            @Override
            public String toString() {
                return "Headers" + names;
            }
        };
    }

    /** Its headers hold a credential. */
    @Override
    public String toString() {
        return "Caller[" + admitted.principal().name() + "]";
    }
}
