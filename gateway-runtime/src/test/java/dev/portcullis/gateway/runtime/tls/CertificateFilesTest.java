package dev.portcullis.gateway.runtime.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFilesTest {
    private static final List<String> NAMES = List.of("dns:localhost");

    @TempDir
    Path folder;

    private TlsFiles files;

    @BeforeEach
    void name() {
        files = new TlsFiles(folder.resolve("cert.pem"), folder.resolve("key.pem"), Optional.empty());
    }

    private ServerTls open(boolean mayMake) throws TlsException {
        return ServerTls.open(files, mayMake, () -> NAMES);
    }

    private String refusal(boolean mayMake) {
        return assertThrows(TlsException.class, () -> open(mayMake)).text();
    }

    private Path pem(String kind, byte[] der) throws Exception {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                folder.resolve("some.pem"),
                "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    @Test
    void halfAPairIsNeverCompleted() throws Exception {
        Files.writeString(files.certificate(), "anything");

        String said = refusal(true);

        assertTrue(said.contains("There is " + files.certificate() + ", but not " + files.key()), said);
        assertFalse(Files.exists(files.key()));
    }

    @Test
    void nothingIsMadeWhenNothingMayBe() {
        assertTrue(refusal(false).contains("gateway.tls.autoGenerate is false"));
        assertFalse(Files.exists(files.key()));
    }

    @Test
    void javaWithoutKeytoolIsSaid() {
        TlsException said = assertThrows(
                TlsException.class,
                () -> ServerTls.open(files, true, () -> NAMES, new CertificateMaker(folder.resolve("keytool"))));

        assertTrue(said.text().contains("no keytool at " + folder.resolve("keytool")), said::text);
    }

    @Test
    void keyOfAnotherCertificateIsRefused() throws Exception {
        open(true);
        Files.delete(files.key());
        TlsFiles other = new TlsFiles(folder.resolve("other.pem"), files.key(), Optional.empty());
        ServerTls.open(other, true, () -> NAMES);

        assertTrue(refusal(false).contains("is not the one of the certificate"));
    }

    @Test
    void keyThatNeedsAPasswordIsRefusedWithAWayOut() throws Exception {
        open(true);
        Files.move(
                pem("ENCRYPTED PRIVATE KEY", new byte[] {1}),
                files.key(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertTrue(refusal(false).contains("openssl pkey"));
    }

    @Test
    void hugeFileIsNotRead() throws Exception {
        open(true);
        Files.writeString(files.certificate(), " ".repeat(70_000));

        assertTrue(refusal(false).contains("more than 65536 bytes"));
    }

    @Test
    void keysOfOlderFormatsAreRead() throws Exception {
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        // PKCS#8 of RSA: 26 bytes, then the key of PKCS#1
        byte[] pkcs8 = rsa.getPrivate().getEncoded();
        Path file = pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));

        assertEquals(rsa.getPrivate(), Pem.key(file));
    }

    @Test
    void keysOfCurvesInOlderFormatsAreRead() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        ECPrivateKey key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
        byte[] number = key.getS().toByteArray();
        byte[] secret = new byte[32];
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, secret, 32 - length, length);
        ByteArrayOutputStream sec1 = new ByteArrayOutputStream();
        sec1.writeBytes(HexFormat.of().parseHex("30310201010420"));
        sec1.writeBytes(secret);
        sec1.writeBytes(HexFormat.of().parseHex("a00a06082a8648ce3d030107"));

        assertEquals(key.getS(), ((ECPrivateKey) Pem.key(pem("EC PRIVATE KEY", sec1.toByteArray()))).getS());
    }

    @Test
    void damagedKeyIsNamedAndNotShown() throws Exception {
        Path file = pem("EC PRIVATE KEY", new byte[] {0x30, 0x7f, 1, 2, 3});

        String said = assertThrows(TlsException.class, () -> Pem.key(file)).text();

        assertTrue(said.contains("The private key in " + file + " cannot be read"), said);
    }

    @Test
    void certificateAndKeyMayBeInOneFile() throws Exception {
        open(true);
        Path both = Files.writeString(
                folder.resolve("both.pem"), Files.readString(files.key()) + Files.readString(files.certificate()));

        files = new TlsFiles(both, both, Optional.empty());

        assertDoesNotThrow(() -> open(false));
        assertEquals(java.util.Set.of(both), files.all());
    }

    @Test
    void certificateThatVouchesForItselfIsCompleteAlone() throws Exception {
        open(true);
        TlsFiles withAuthorities = new TlsFiles(files.certificate(), files.key(), Optional.of(files.certificate()));

        assertDoesNotThrow(() -> ServerTls.open(withAuthorities, false, () -> NAMES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256:%s", "SHA256 Fingerprint=%s", "sha-256:%s", " %s "})
    void fingerprintsAreReadAsPeopleWriteThem(String form) {
        Fingerprint known = new Fingerprint("5b1c".repeat(16));

        assertEquals(Optional.of(known), Fingerprint.parse(form.formatted(known)));
        assertEquals(Optional.of(known), Fingerprint.parse(form.formatted(known.hex())));
        assertEquals(
                Optional.empty(), Fingerprint.parse(form.formatted(known.hex().substring(2))));
    }
}
