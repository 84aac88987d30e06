package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.audit.AuditLog;
import dev.portcullis.gateway.runtime.audit.RefusalLog;
import dev.portcullis.gateway.runtime.config.AuditConfig;
import dev.portcullis.gateway.runtime.config.ConfigLocations;
import dev.portcullis.gateway.runtime.config.ServerConfig;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.config.StateDirectoryException;
import dev.portcullis.gateway.runtime.config.StateLock;
import dev.portcullis.gateway.runtime.config.TlsConfig;
import dev.portcullis.gateway.runtime.session.SessionStoreException;
import dev.portcullis.gateway.runtime.session.SqliteSessionStore;
import dev.portcullis.gateway.runtime.tls.ServerTls;
import dev.portcullis.gateway.runtime.tls.TlsException;
import dev.portcullis.gateway.runtime.tls.TlsFiles;
import dev.portcullis.gateway.runtime.ws.GatewayKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens what a gateway stands on. What stands in the way is a {@link GatewayStartException}; what is open is closed with the
 * rest.
 */
final class Foundations {
    private final Closing closing;

    Foundations(Closing closing) {
        this.closing = closing;
    }

    StateDirectory state(ConfigLocations locations) throws GatewayStartException {
        try {
            return StateDirectory.open(locations.stateDirectory());
        } catch (StateDirectoryException unusable) {
            throw new GatewayStartException(List.of(String.valueOf(unusable.getMessage())), true);
        }
    }

    StateLock lock(StateDirectory state) throws GatewayStartException {
        try {
            return closing.later(StateLock.take(state));
        } catch (StateDirectoryException taken) {
            throw new GatewayStartException(List.of(String.valueOf(taken.getMessage())), false);
        }
    }

    SqliteSessionStore sessions(StateDirectory state) throws GatewayStartException {
        try {
            return closing.later(SqliteSessionStore.open(state.path().resolve(SqliteSessionStore.FILE_NAME)));
        } catch (SessionStoreException unusable) {
            throw new GatewayStartException(List.of(String.valueOf(unusable.getMessage())), false);
        }
    }

    AuditLog audit(Optional<Path> file, AuditConfig config) throws GatewayStartException {
        try {
            return closing.later(file.<AuditLog>map(path -> RefusalLog.open(path, config))
                    .orElseGet(() -> new RefusalLog(AuditLog.none(), null)));
        } catch (UncheckedIOException unwritable) {
            throw new GatewayStartException(List.of(String.valueOf(unwritable.getMessage())), true);
        }
    }

    GatewayKey key(StateDirectory state) throws GatewayStartException {
        try {
            return GatewayKey.of(state.path());
        } catch (IOException unusable) {
            throw new GatewayStartException(List.of(String.valueOf(unusable.getMessage())), true);
        }
    }

    /** Certificates are renewed by others, and often: their files are looked at while the gateway serves. */
    Optional<ServerTls> tls(ServerConfig server, StateDirectory state) throws GatewayStartException {
        if (server.tls().isEmpty()) {
            return Optional.empty();
        }
        TlsConfig wanted = server.tls().get();
        TlsFiles files = TlsFiles.of(wanted, state.path());
        try {
            FileWatch watch = closing.later(new FileWatch(files::all));
            ServerTls opened =
                    ServerTls.open(files, wanted.autoGenerate(), () -> CertificateNames.of(server, addresses(server)));
            watch.start(opened::renew, () -> false);
            return Optional.of(opened);
        } catch (TlsException unusable) {
            throw new GatewayStartException(List.of(unusable.text()), true);
        }
    }

    private static List<InetAddress> addresses(ServerConfig server) {
        try {
            return BindAddresses.of(server);
        } catch (IOException unknown) {
            return List.of();
        }
    }
}
