package dev.portcullis.gateway.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A root, one authority below it, and the certificates that the latter issues; made by the JDK's {@code keytool}. */
public final class TestAuthority {
    private static final char[] PASSWORD = "only in a test".toCharArray();

    private final Path folder;
    private final Path store;

    public TestAuthority(Path folder) throws Exception {
        this.folder = folder;
        this.store = folder.resolve("authority.p12");
        make("root", "-ext", "bc:c");
        make("between", "-signer", "root", "-ext", "bc:c");
    }

    /** What clients know. */
    public Path root() throws Exception {
        return pem("root", List.of(entry().getCertificate("root")));
    }

    /** What has to be sent along. */
    public Path between() throws Exception {
        return pem("between", List.of(entry().getCertificate("between")));
    }

    /** A certificate for this machine, without those that vouch for it, and its key. */
    public TlsFiles issue(String name) throws Exception {
        return issued(name, "-ext", "san=dns:localhost,ip:127.0.0.1");
    }

    /** One that ended yesterday. */
    public TlsFiles issueEnded(String name) throws Exception {
        return issued(name, "-ext", "san=dns:localhost,ip:127.0.0.1", "-startdate", "-10d", "-validity", "9");
    }

    /** One for another machine. */
    public TlsFiles issueForAnother(String name) throws Exception {
        return issued(name, "-ext", "san=dns:elsewhere.example");
    }

    public static String fingerprint(TlsFiles files) throws TlsException {
        return Fingerprint.of(Pem.certificates(files.certificate()).getFirst()).toString();
    }

    private TlsFiles issued(String name, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("-signer", "between"));
        options.addAll(List.of(more));
        make(name, options.toArray(String[]::new));
        String key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(entry().getKey(name, PASSWORD).getEncoded());
        return new TlsFiles(
                pem(name, List.of(entry().getCertificate(name))),
                Files.writeString(
                        folder.resolve(name + "-key.pem"),
                        "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n"),
                Optional.empty());
    }

    private Path pem(String name, List<Certificate> certificates) throws Exception {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return Files.writeString(folder.resolve(name + ".pem"), text);
    }

    private KeyStore entry() throws IOException, GeneralSecurityException {
        KeyStore opened = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            opened.load(in, PASSWORD);
        }
        return opened;
    }

    private void make(String name, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        if (!command.contains("-validity")) {
            command.addAll(List.of("-validity", "3650"));
        }
        Path said = folder.resolve("keytool.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "keytool does not end");
        assertEquals(0, process.exitValue(), Files.readString(said));
    }
}
