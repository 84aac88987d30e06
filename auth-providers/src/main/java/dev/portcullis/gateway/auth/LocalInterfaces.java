package dev.portcullis.gateway.auth;

import java.io.IOException;
import java.net.InetAddress;

/** The addresses of this host. */
interface LocalInterfaces {
    /**
     * Whether the address is one of this host's own.
     *
     * @throws IOException if that cannot be determined
     */
    boolean own(InetAddress address) throws IOException;
}
