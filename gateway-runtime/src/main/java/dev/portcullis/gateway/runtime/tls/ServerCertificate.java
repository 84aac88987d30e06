package dev.portcullis.gateway.runtime.tls;

import dev.portcullis.gateway.runtime.config.FileTrust;
import dev.portcullis.gateway.runtime.config.UntrustedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A certificate that a gateway can show: with the key that belongs to it, and with those that vouch for it. */
final class ServerCertificate {
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /**
     * Reads it, and checks what can be checked without a client.
     *
     * @throws TlsException if no client could be served with it
     */
    static ServerCertificate read(TlsFiles files) throws TlsException {
        List<X509Certificate> chain = new ArrayList<>(Pem.certificates(files.certificate()));
        PrivateKey key = Pem.key(trusted(files.key()));
        if (files.authorities().isPresent()) {
            complete(chain, Pem.certificates(files.authorities().get()));
        }
        if (!belongs(key, chain.getFirst().getPublicKey())) {
            throw new TlsException(
                    "The private key in " + files.key() + " is not the one of the certificate in "
                            + files.certificate(),
                    "Name a key and the certificate that was issued for it; its own certificate comes first in the file.");
        }
        return new ServerCertificate(key, chain);
    }

    /** A key that others may write is one that others may know. */
    private static Path trusted(Path key) throws TlsException {
        try {
            return FileTrust.ofProcess().checked(key);
        } catch (UntrustedFileException refused) {
            throw new TlsException(refused.what(), refused.advice());
        } catch (IOException unreadable) {
            return key; // who reads it says why
        }
    }

    /** Clients know roots; what is between them and the certificate has to be sent along. */
    private static void complete(List<X509Certificate> chain, List<X509Certificate> authorities) {
        while (true) {
            X509Certificate last = chain.getLast();
            Optional<X509Certificate> issuer = authorities.stream()
                    .filter(authority -> authority.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                    .filter(authority -> !chain.contains(authority))
                    .findFirst();
            if (issuer.isEmpty()) {
                return;
            }
            chain.add(issuer.get());
        }
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) {
        byte[] anything = "does the one belong to the other?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(anything);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(anything);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKinds) {
            return false;
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(chain.getFirst());
    }

    /** Whether clients see the same. */
    boolean shows(ServerCertificate other) {
        return chain.equals(other.chain);
    }

    Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** Whether clients would believe it at that time. */
    boolean valid(Instant when) {
        return !when.isBefore(chain.getFirst().getNotBefore().toInstant()) && !when.isAfter(notAfter());
    }

    /** What new connections are made with. */
    SSLContext context() throws TlsException {
        try {
            char[] unused = "in memory".toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("gateway", key, unused, chain.toArray(X509Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, unused);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException | IOException refused) {
            throw new TlsException(
                    "This JDK cannot serve with that certificate ("
                            + refused.getClass().getSimpleName() + ")",
                    "Use an EC key on P-256 or an RSA key of 2048 bits or more.");
        }
    }

    /** It holds a private key. */
    @Override
    public String toString() {
        return "ServerCertificate[" + fingerprint() + "]";
    }
}
