package dev.portcullis.gateway.runtime.tls;

import dev.portcullis.gateway.runtime.config.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes a certificate that vouches for itself, with the JDK's {@code keytool}: the JDK's classes cannot sign one. */
final class CertificateMaker {
    private static final String ALIAS = "gateway";
    private static final String DAYS = "3650";
    private static final String PASSWORD = "PORTCULLIS_KEYTOOL_PASSWORD";
    private static final int SECONDS = 60;

    private final Path keytool;

    CertificateMaker(Path keytool) {
        this.keytool = keytool;
    }

    static CertificateMaker ofJdk() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path windows = bin.resolve("keytool.exe");
        return new CertificateMaker(Files.exists(windows) ? windows : bin.resolve("keytool"));
    }

    /**
     * Writes both files, for nobody else to read.
     *
     * @param names subject alternative names, as in {@code dns:localhost} and {@code ip:127.0.0.1}
     */
    void make(TlsFiles files, List<String> names) throws TlsException {
        Path folder = folder(files.certificate());
        Path keys = folder(files.key());
        try {
            directory(folder);
            directory(keys);
            Path store = Files.createTempFile(keys, ".new", ".p12", OwnerOnly.file(keys));
            try {
                // keytool wants to make the file itself
                Files.delete(store);
                String password = password();
                run(store, password, names);
                write(store, password, files);
            } finally {
                Files.deleteIfExists(store);
            }
        } catch (IOException | GeneralSecurityException failed) {
            throw new TlsException(
                    "No certificate could be made in " + folder + " ("
                            + failed.getClass().getSimpleName() + ")",
                    "The gateway must be able to write there; or name files of your own with gateway.tls.certPath and"
                            + " gateway.tls.keyPath.");
        }
    }

    private void run(Path store, String password, List<String> names) throws IOException, TlsException {
        if (!Files.isExecutable(keytool)) {
            throw new TlsException(
                    "No certificate can be made: this Java has no keytool at " + keytool,
                    "Run the gateway on a JDK, or name files of your own with gateway.tls.certPath and"
                            + " gateway.tls.keyPath.");
        }
        List<String> command = List.of(
                keytool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-validity",
                DAYS,
                "-dname",
                "CN=portcullis-gateway",
                "-ext",
                "SAN=" + String.join(",", names),
                "-ext",
                "KU=digitalSignature",
                "-ext",
                "EKU=serverAuth",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass:env",
                PASSWORD);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(PASSWORD, password);
        Process process = builder.start();
        process.getOutputStream().close();
        try (InputStream said = process.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new TlsException(
                        "No certificate could be made: keytool said "
                                + text.lines().findFirst().orElse("nothing"),
                        "Name files of your own with gateway.tls.certPath and gateway.tls.keyPath.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void write(Path store, String password, TlsFiles files)
            throws IOException, GeneralSecurityException {
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, password.toCharArray());
        }
        Key key = made.getKey(ALIAS, password.toCharArray());
        replace(files.key(), pem("PRIVATE KEY", key.getEncoded()));
        replace(
                files.certificate(),
                pem("CERTIFICATE", made.getCertificate(ALIAS).getEncoded()));
    }

    private static String pem(String kind, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n";
    }

    private static void replace(Path file, String text) throws IOException {
        Path folder = folder(file);
        Path whole = Files.createTempFile(folder, ".new", ".pem", OwnerOnly.file(folder));
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path folder(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }

    private static void directory(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                directory(parent);
            }
            Files.createDirectory(folder, OwnerOnly.folder(folder));
        }
    }

    private static String password() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
