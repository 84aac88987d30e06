package dev.portcullis.gateway.runtime.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The gateway a command talks to.
 *
 * @param base without a path
 * @param looked where a credential was looked for
 */
record GatewayTarget(URI base, Optional<Credential> credential, List<String> looked) {
    GatewayTarget {
        looked = List.copyOf(looked);
    }
}
