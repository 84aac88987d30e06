package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PublicKeys;
import dev.portcullis.gateway.runtime.config.ShellWord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Detached Ed25519 signatures: {@code x.jar.sig} beside a jar, {@code plugin.sig} in a folder. What is signed is a line with the
 * digest, which for a folder is that of the list of its jars; a file may hold several signatures, one a line.
 */
final class PluginSignature {
    private static final int LARGEST = 64 * 1024;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private PluginSignature() {}

    static Path file(PluginFiles plugin) {
        Path path = plugin.path();
        return Files.isDirectory(path) ? path.resolve("plugin.sig") : path.resolveSibling(path.getFileName() + ".sig");
    }

    private static byte[] signed(String sha256) {
        return ("portcullis-plugin v1 sha256:" + sha256 + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Why the signature does not count; empty if one of the keys made it. */
    static Optional<Refusal> refuses(PluginFiles plugin, String sha256, List<PublicKey> trusted) {
        Path file = file(plugin);
        if (!Files.isRegularFile(file)) {
            return Optional.of(new Refusal(
                    "plugins.verify is \"signed\", and there is no signature " + file.getFileName() + ".",
                    "Put the signature that came with it to " + file + ", or sign it yourself: portcullis plugins sign "
                            + ShellWord.quoted(plugin.path()) + " --key FILE"));
        }
        List<String> lines;
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("larger than " + LARGEST + " bytes");
            }
            lines = Files.readString(file).lines().map(String::strip).toList();
        } catch (IOException e) {
            return Optional.of(new Refusal(
                    "Its signature " + file.getFileName() + " cannot be read: " + e.getMessage() + ".",
                    "Get the signature again."));
        }
        boolean good =
                lines.stream().anyMatch(line -> trusted.stream().anyMatch(key -> fits(key, signed(sha256), line)));
        return good
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "Its signature " + file.getFileName() + " is by none of the keys in plugins.trustedKeys, or is "
                                + "for another content than what is here (SHA-256 " + sha256 + ").",
                        "Get plugin and signature again from whom you trust; if their key is new, check it and add it to "
                                + "plugins.trustedKeys."));
    }

    private static boolean fits(PublicKey key, byte[] message, String base64) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** A signature as the line of a signature file. */
    static String sign(String sha256, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(signed(sha256));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    static KeyPair generate() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    static String pem(PrivateKey key) {
        return BEGIN + "\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n" + END
                + "\n";
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + PublicKeys.line(key) + "\n-----END PUBLIC KEY-----\n";
    }

    /** Empty if the text is no Ed25519 private key in PEM. */
    static Optional<PrivateKey> privateKey(String pem) {
        if (!pem.contains(BEGIN)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(pem.replace(BEGIN, "").replace(END, "").replaceAll("\\s", ""));
            return Optional.of(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
