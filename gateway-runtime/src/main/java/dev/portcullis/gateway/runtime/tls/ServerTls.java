package dev.portcullis.gateway.runtime.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * What a gateway encrypts with; for the root package, which reads it and has it renewed, and for {@code http}, which wraps
 * connections in it. TLS 1.3 and nothing older. Safe for use by several threads.
 */
public final class ServerTls {
    private static final System.Logger LOG = System.getLogger(ServerTls.class.getName());
    private static final Duration SOON = Duration.ofDays(14);

    private record Serving(SSLContext context, ServerCertificate certificate) {}

    private final TlsFiles files;
    private volatile Serving serving;

    private ServerTls(TlsFiles files, Serving serving) {
        this.files = files;
        this.serving = serving;
    }

    /**
     * Reads the certificate, or makes one if there is none and one may be made.
     *
     * @param names what a certificate that is made is for
     * @throws TlsException with what stands in the way
     */
    public static ServerTls open(TlsFiles files, boolean mayMake, Supplier<List<String>> names) throws TlsException {
        return open(files, mayMake, names, CertificateMaker.ofJdk());
    }

    static ServerTls open(TlsFiles files, boolean mayMake, Supplier<List<String>> names, CertificateMaker maker)
            throws TlsException {
        if (!there(files, mayMake)) {
            maker.make(files, names.get());
            LOG.log(System.Logger.Level.INFO, "A certificate was made: " + files.certificate());
        }
        ServerTls tls = new ServerTls(files, read(files));
        tls.warn();
        return tls;
    }

    /**
     * Reads the certificate without serving with it.
     *
     * @return when it ends
     * @throws TlsException with why no gateway could serve with it
     */
    public static Instant examine(TlsFiles files) throws TlsException {
        there(files, false);
        return ServerCertificate.read(files).notAfter();
    }

    /** Whether there is a pair. */
    private static boolean there(TlsFiles files, boolean mayMake) throws TlsException {
        boolean certificate = Files.exists(files.certificate());
        boolean key = Files.exists(files.key());
        if (certificate != key) {
            Path there = certificate ? files.certificate() : files.key();
            Path missing = certificate ? files.key() : files.certificate();
            throw new TlsException(
                    "There is " + there + ", but not " + missing + ", and one is no use without the other",
                    "Put back what is missing, or remove both to have a new pair made (gateway.tls.autoGenerate).");
        }
        if (!certificate && !mayMake) {
            throw new TlsException(
                    "There is neither " + files.certificate() + " nor " + files.key()
                            + ", and gateway.tls.autoGenerate is false",
                    "Put them there, or name others with gateway.tls.certPath and gateway.tls.keyPath.");
        }
        return certificate;
    }

    private static Serving read(TlsFiles files) throws TlsException {
        ServerCertificate certificate = ServerCertificate.read(files);
        return new Serving(certificate.context(), certificate);
    }

    /** To be called when a file has changed: serves new connections with it, or goes on with what it has and says why. */
    public void renew() {
        try {
            Serving next = read(files);
            if (next.certificate.shows(serving.certificate)) {
                return;
            }
            if (!next.certificate.valid(Instant.now())) {
                throw new TlsException(
                        "The new certificate in " + files.certificate() + " does not hold now (it ends "
                                + next.certificate.notAfter() + ")",
                        "Replace it with one that does.");
            }
            serving = next;
            LOG.log(
                    System.Logger.Level.INFO,
                    "New connections are served with another certificate, until " + next.certificate.notAfter()
                            + ": SHA-256 " + fingerprint());
            warn();
        } catch (TlsException | RuntimeException refused) {
            String why = refused instanceof TlsException known ? known.text() : refused.toString();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The certificate was not replaced; the one of before is served still (SHA-256 " + fingerprint()
                            + "): " + why);
        }
    }

    private void warn() {
        Instant end = serving.certificate.notAfter();
        Instant now = Instant.now();
        if (!serving.certificate.valid(now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The certificate in " + files.certificate() + " does not hold now (it ends " + end
                            + "): clients refuse it. Replace the files; they are read again while the gateway serves.");
        } else if (end.isBefore(now.plus(SOON))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The certificate in " + files.certificate() + " ends soon: " + end
                            + ". Replace the files; they are read again while the gateway serves.");
        }
    }

    public TlsFiles files() {
        return files;
    }

    /** Of the certificate that new connections get. */
    public Fingerprint fingerprint() {
        return serving.certificate.fingerprint();
    }

    /**
     * Encrypts a connection; nothing is read or written by this.
     *
     * @param begun what was read of it already
     */
    public SSLSocket wrap(Socket plain, byte[] begun) throws IOException {
        SSLSocket secure = (SSLSocket)
                serving.context.getSocketFactory().createSocket(plain, new ByteArrayInputStream(begun), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        secure.setSSLParameters(parameters);
        return secure;
    }
}
