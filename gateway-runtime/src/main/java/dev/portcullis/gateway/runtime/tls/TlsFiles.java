package dev.portcullis.gateway.runtime.tls;

import dev.portcullis.gateway.runtime.config.TlsConfig;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the certificate of a gateway is.
 *
 * @param certificate the certificate, then the ones that vouch for it
 * @param authorities more of the latter
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> authorities) {
    /** As configured, else in the state directory. */
    public static TlsFiles of(TlsConfig config, Path stateDirectory) {
        Path folder = stateDirectory.resolve("gateway").resolve("tls");
        return new TlsFiles(
                config.certificate().orElse(folder.resolve("gateway-cert.pem")),
                config.key().orElse(folder.resolve("gateway-key.pem")),
                config.authorities());
    }

    /** What is to be watched. */
    public Set<Path> all() {
        Set<Path> all = new HashSet<>(List.of(certificate, key));
        authorities.ifPresent(all::add);
        return all;
    }
}
