package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.tls.Trust;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The gateway a command talks to.
 *
 * @param base without a path
 * @param looked where a credential was looked for
 * @param trust who it has to be, if it encrypts
 * @param here whether it is asked for as the one of this state directory
 */
record GatewayTarget(URI base, Optional<Credential> credential, List<String> looked, Trust trust, boolean here) {
    GatewayTarget {
        looked = List.copyOf(looked);
    }

    boolean encrypted() {
        return "https".equals(base.getScheme());
    }

    /** The same gateway, asked by somebody else. */
    GatewayTarget with(Optional<Credential> other) {
        return new GatewayTarget(base, other, looked, trust, here);
    }
}
