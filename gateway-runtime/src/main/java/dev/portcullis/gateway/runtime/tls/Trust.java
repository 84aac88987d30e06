package dev.portcullis.gateway.runtime.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which gateways a client believes to be who they say; for {@code cli}. One conversation. */
public final class Trust {
    private final Optional<Fingerprint> pinned;
    private final X509ExtendedTrustManager authorities;
    private final Optional<Path> file;
    private volatile @Nullable X509Certificate shown;

    private Trust(Optional<Fingerprint> pinned, Optional<Path> file, X509ExtendedTrustManager authorities) {
        this.pinned = pinned;
        this.file = file;
        this.authorities = authorities;
    }

    /** Those that the authorities of the JDK vouch for. */
    public static Trust ofSystem() {
        return new Trust(Optional.empty(), Optional.empty(), authorities(null));
    }

    /** The one with this certificate, whatever it is called and whoever vouches for it. */
    public static Trust of(Fingerprint pinned) {
        return new Trust(Optional.of(pinned), Optional.empty(), authorities(null));
    }

    /** The one with the certificate in this file. */
    public static Trust ofCertificate(Path file) throws TlsException {
        Fingerprint pinned = Fingerprint.of(Pem.certificates(file).getFirst());
        return new Trust(Optional.of(pinned), Optional.of(file), authorities(null));
    }

    /** Those that the certificates in this file vouch for, and nobody else. */
    public static Trust ofAuthorities(Path file) throws TlsException {
        List<X509Certificate> certificates = Pem.certificates(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("ca" + i, certificates.get(i));
            }
            return new Trust(Optional.empty(), Optional.empty(), authorities(store));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static X509ExtendedTrustManager authorities(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager known) {
                    return known;
                }
            }
            throw new IllegalStateException("no X.509 trust manager");
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Judge()}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What the gateway showed, believed or not. */
    public Optional<Fingerprint> shown() {
        return Optional.ofNullable(shown).map(Fingerprint::of);
    }

    /** The time that the certificate it showed is for, if that is another one than now. */
    public Optional<Period> otherTime() {
        return Optional.ofNullable(shown)
                .map(certificate -> new Period(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()))
                .filter(period -> !period.holds(Instant.now()));
    }

    /** When a certificate can be believed. */
    public record Period(Instant from, Instant to) {
        boolean holds(Instant when) {
            return !when.isBefore(from) && !when.isAfter(to);
        }
    }

    /** Where the certificate was read that it had to show. */
    public Optional<Path> file() {
        return file;
    }

    /** What it had to show, if that was one certificate. */
    public Optional<Fingerprint> pinned() {
        return pinned;
    }

    private final class Judge extends X509ExtendedTrustManager {
        private boolean pinDecides(X509Certificate[] chain) throws CertificateException {
            shown = chain[0];
            if (pinned.isPresent() && !pinned.get().equals(Fingerprint.of(chain[0]))) {
                throw new CertificateException("another certificate than the one that was pinned");
            }
            return pinned.isPresent();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            if (!pinDecides(chain)) {
                authorities.checkServerTrusted(chain, type, engine);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            if (!pinDecides(chain)) {
                authorities.checkServerTrusted(chain, type, socket);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            if (!pinDecides(chain)) {
                authorities.checkServerTrusted(chain, type);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("a client judges no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("a client judges no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("a client judges no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
