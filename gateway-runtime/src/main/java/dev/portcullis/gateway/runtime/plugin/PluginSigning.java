package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.PublicKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;

/** Makes keys, and signs plugins with them; for the commands. */
public final class PluginSigning {
    private PluginSigning() {}

    /**
     * Writes a new private key, readable by its owner alone, and its public half beside it as {@code FILE.pub}.
     *
     * @return the public half, as {@code plugins.trustedKeys} takes it
     */
    public static String generate(Path file) throws IOException, PluginFileException {
        Path publicFile = file.resolveSibling(file.getFileName() + ".pub");
        for (Path there : new Path[] {file, publicFile}) {
            if (Files.exists(there)) {
                throw new PluginFileException(there + " exists, and a key is not overwritten: name another file.");
            }
        }
        try {
            KeyPair pair = PluginSignature.generate();
            Files.createFile(file);
            InstalledFiles.readableByOwner(file);
            Files.writeString(file, PluginSignature.pem(pair.getPrivate()));
            Files.writeString(publicFile, PluginSignature.pem(pair.getPublic()), StandardOpenOption.CREATE_NEW);
            return PublicKeys.line(pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new PluginFileException("This JDK makes no Ed25519 keys: " + e.getMessage() + ".");
        }
    }

    /**
     * Lets the version of a signed plugin in although a later one served: what a gateway does not do by itself.
     *
     * @return plugin and version
     */
    public static String goBack(Path plugin, PluginTrust trust, Path stateDirectory)
            throws IOException, PluginFileException {
        PluginFiles files = PluginScanner.plugin(plugin);
        String sha256 = PluginVerifier.digest(files)
                .orElseThrow(() -> new PluginFileException(plugin + " cannot be read as a plugin."));
        try {
            PluginSignature.Statement statement = PluginSignature.read(files, sha256, trust.trustedKeys());
            PluginVersions.of(PluginEnvironment.versions(stateDirectory)).allow(statement);
            return statement.toString();
        } catch (RefusedException refused) {
            throw new PluginFileException(
                    refused.refusal().why() + " " + refused.refusal().remedy());
        }
    }

    /** Signs a jar or a folder as it is now, under the name that it has and in its version, and gives the signature's file. */
    public static Path sign(Path plugin, Path keyFile) throws IOException, PluginFileException {
        PrivateKey key = PluginSignature.privateKey(Files.readString(keyFile))
                .orElseThrow(() -> new PluginFileException(keyFile
                        + " holds no Ed25519 private key in PEM: make one with \"portcullis plugins keygen\"."));
        PluginFiles files = PluginScanner.plugin(plugin);
        PluginExamination examination = new PluginExaminer(new PluginTrust(
                        PluginTrust.Verify.OFF,
                        PluginTrust.Capabilities.OFF,
                        java.util.List.of(),
                        PluginTrust.DEFAULT.loadTimeout()))
                .examine(plugin);
        String sha256 = examination
                .identity()
                .sha256()
                .orElseThrow(
                        () -> new PluginFileException(plugin + " cannot be read as a plugin: nothing was signed."));
        try {
            Path signature = PluginSignature.file(files);
            PluginSignature.Statement statement =
                    PluginSignature.Statement.of(files, examination.identity().version());
            Files.writeString(signature, PluginSignature.sign(statement, sha256, key) + "\n");
            return signature;
        } catch (GeneralSecurityException e) {
            throw new PluginFileException("It cannot be signed with " + keyFile + ": " + e.getMessage() + ".");
        }
    }
}
