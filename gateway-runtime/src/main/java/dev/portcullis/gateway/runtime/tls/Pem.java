package dev.portcullis.gateway.runtime.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and private keys in PEM files. What a key file holds never reaches a message. */
final class Pem {
    /** What the reference gateway reads at most. */
    private static final int LARGEST = 64 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*?)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private Pem() {}

    static List<X509Certificate> certificates(Path file) throws TlsException {
        StringBuilder found = new StringBuilder();
        Matcher block = BLOCK.matcher(read(file));
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                found.append(block.group()).append('\n');
            }
        }
        if (found.isEmpty()) {
            throw new TlsException(
                    "There is no certificate in " + file, "Name a PEM file: -----BEGIN CERTIFICATE-----.");
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(found.toString().getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException broken) {
            throw new TlsException(
                    "A certificate in " + file + " cannot be read", "It is damaged, or no X.509 certificate.");
        }
    }

    static PrivateKey key(Path file) throws TlsException {
        Matcher block = BLOCK.matcher(read(file));
        while (block.find()) {
            String kind = block.group(1);
            switch (kind) {
                case "PRIVATE KEY" -> {
                    return key(file, der(file, block.group(2)));
                }
                case "RSA PRIVATE KEY" -> {
                    return key(file, PrivateKeyInfo.ofRsa(der(file, block.group(2))));
                }
                case "EC PRIVATE KEY" -> {
                    byte[] der = der(file, block.group(2));
                    return key(file, PrivateKeyInfo.ofEc(der).orElseThrow(() -> unreadable(file)));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new TlsException(
                            "The private key in " + file + " is encrypted, and nobody is there to type its password",
                            "Write it without: openssl pkey -in KEY -out NEWKEY, and give the file mode 600.");
                default -> {
                    // parameters, certificates: not what is looked for
                }
            }
        }
        throw new TlsException("There is no private key in " + file, "Name a PEM file: -----BEGIN PRIVATE KEY-----.");
    }

    private static PrivateKey key(Path file, byte[] pkcs8) throws TlsException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException another) {
                // the next one may know it
            }
        }
        throw unreadable(file);
    }

    private static byte[] der(Path file, String base64) throws TlsException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw unreadable(file);
        }
    }

    private static TlsException unreadable(Path file) {
        return new TlsException("The private key in " + file + " cannot be read", "Use an EC, RSA or Ed25519 key.");
    }

    private static String read(Path file) throws TlsException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new TlsException(
                        file + " has more than " + LARGEST + " bytes", "Name a file with nothing but the PEM in it.");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            throw new TlsException(
                    "There is no file " + file,
                    "Check gateway.tls.certPath, gateway.tls.keyPath and gateway.tls.caPath.");
        } catch (IOException e) {
            throw new TlsException(
                    file + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    "The user that runs the gateway must be able to read it.");
        }
    }
}
