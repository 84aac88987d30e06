package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.plugin.PluginCensus;
import java.util.List;
import java.util.function.Consumer;

/** Nobody that is trusted has signed a plugin. */
final class UnsignedPlugins extends Check {
    UnsignedPlugins() {
        super("portcullis.plugins.unsigned");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        PluginTrust trust = gateway.subject().trust();
        if (!gateway.loadsPlugins() || trust.verify() == PluginTrust.Verify.SIGNED) {
            return; // without a signature it is not loaded
        }
        List<String> unsigned = gateway.plugins().plugins().stream()
                .filter(plugin -> plugin.signature() != PluginCensus.Signature.BY_TRUSTED_KEY)
                .map(plugin -> plugin.path()
                        + (plugin.signature() == PluginCensus.Signature.WORTHLESS
                                ? " (its signature is by no trusted key, or for other content)"
                                : ""))
                .toList();
        if (unsigned.isEmpty()) {
            return;
        }
        boolean expected = !trust.trustedKeys().isEmpty();
        String detail = "Loaded whether signed or not, because plugins.verify is not \"signed\": "
                + String.join(", ", unsigned) + ".";
        String remedy = "Name the keys you trust in plugins.trustedKeys, sign with \"portcullis plugins sign\", and set"
                + " plugins.verify to \"signed\".";
        found.accept(
                expected
                        ? warn("plugins.verify", "Plugins are not signed by a trusted key", detail, remedy)
                        : info("plugins.trustedKeys", "Plugins are not signed", detail, remedy));
    }
}
