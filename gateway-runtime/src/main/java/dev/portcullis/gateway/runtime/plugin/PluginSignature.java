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
 * Detached Ed25519 signatures: {@code x.jar.sig} beside a jar, {@code plugin.sig} in a folder. What is signed is a line with
 * name, version and digest, which for a folder is that of the list of its jars; a file may hold several signatures, one a line.
 */
final class PluginSignature {
    static final String NO_VERSION = "-";
    private static final int WORDS = 3;
    private static final int LARGEST = 64 * 1024;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private PluginSignature() {}

    static Path file(PluginFiles plugin) {
        Path path = plugin.path();
        return Files.isDirectory(path) ? path.resolve("plugin.sig") : path.resolveSibling(path.getFileName() + ".sig");
    }

    /**
     * What a key says of bytes: they are this plugin in this version.
     *
     * @param name file name without ending and version, a word
     * @param version a word, {@code -} if the plugin has none
     */
    record Statement(String name, String version) {
        Statement {
            name = name.replaceAll("\\s+", "_");
            version = version.replaceAll("\\s+", "_");
        }

        /** Of a plugin as it is called where it lies: {@code weather.jar}, {@code weather-1.0.jar}, {@code weather/}. */
        static Statement of(PluginFiles plugin, Optional<String> version) {
            String end = "-" + version.orElse("");
            String base = plugin.baseName();
            boolean versioned = version.isPresent() && base.endsWith(end) && base.length() > end.length();
            return new Statement(
                    versioned ? base.substring(0, base.length() - end.length()) : base, version.orElse(NO_VERSION));
        }

        boolean fits(PluginFiles plugin) {
            String base = plugin.baseName().replaceAll("\\s+", "_");
            return base.equals(name) || base.equals(name + "-" + version);
        }

        private byte[] signed(String sha256) {
            return ("portcullis-plugin v2 name:" + name + " version:" + version + " sha256:" + sha256 + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return version.equals(NO_VERSION) ? name : name + " " + version;
        }
    }

    /**
     * What one of the keys says of a plugin.
     *
     * @throws RefusedException if none says that these bytes are the plugin whose name its file has
     */
    static Statement read(PluginFiles plugin, String sha256, List<PublicKey> trusted) throws RefusedException {
        Path file = file(plugin);
        if (!Files.isRegularFile(file)) {
            throw new RefusedException(
                    "plugins.verify is \"signed\", and there is no signature " + file.getFileName() + ".",
                    "Put the signature that came with it to " + file + ", or sign it yourself: portcullis plugins sign "
                            + ShellWord.quoted(plugin.path()) + " --key FILE");
        }
        Optional<Statement> other = Optional.empty();
        for (String line : lines(file)) {
            String[] words = line.split(" ", -1);
            if (words.length == WORDS) {
                Statement statement = new Statement(words[0], words[1]);
                if (trusted.stream().anyMatch(key -> fits(key, statement.signed(sha256), words[2]))) {
                    if (statement.fits(plugin)) {
                        return statement;
                    }
                    other = Optional.of(statement);
                }
            }
        }
        if (other.isPresent()) {
            throw new RefusedException(
                    "It is signed as the plugin \"" + other.get() + "\", and its file has the name of another: "
                            + plugin.id() + ".",
                    "Find out who gave it that name. As \"" + other.get().name() + "\" it is what was signed.");
        }
        throw new RefusedException(
                "Its signature " + file.getFileName() + " is by none of the keys in plugins.trustedKeys, or is "
                        + "for another content than what is here (SHA-256 " + sha256 + ").",
                "Get plugin and signature again from whom you trust; if their key is new, check it and add it to "
                        + "plugins.trustedKeys.");
    }

    private static List<String> lines(Path file) throws RefusedException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException("larger than " + LARGEST + " bytes");
            }
            return Files.readString(file).lines().map(String::strip).toList();
        } catch (IOException e) {
            throw new RefusedException(
                    "Its signature " + file.getFileName() + " cannot be read: " + e.getMessage() + ".",
                    "Get the signature again.");
        }
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
    static String sign(Statement statement, String sha256, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(statement.signed(sha256));
        return statement.name() + " " + statement.version() + " "
                + Base64.getEncoder().encodeToString(signature.sign());
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
