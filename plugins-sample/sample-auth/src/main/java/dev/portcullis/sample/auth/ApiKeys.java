package dev.portcullis.sample.auth;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.plugin.PluginException;
import java.nio.file.Path;

/**
 * Admits callers by API keys of their own, each with a name and scopes.
 *
 * <pre>{@code
 * gateway.auth.providers = ["api-keys"]          # asked after the provider that gateway.auth.mode names
 * plugins.entries.api-keys.config {
 *   file = "api-keys.txt"                        # relative to the configuration file
 *   header = "X-Api-Key"                         # the default; Authorization: Bearer works as well
 * }
 * }</pre>
 *
 * <p>A key looks like {@code pck_<id>_<secret>}. The file holds one line a key, {@code <id> <hash> <scopes> <name>}; blank
 * lines and lines that begin with {@code #} are skipped. To make a key and its line:
 *
 * <pre>{@code
 * java -cp sample-auth.jar dev.portcullis.sample.auth.NewApiKey "nightly build" operator.write
 * }</pre>
 *
 * <p>The key is shown once and kept nowhere. Of its secret, 256 random bits, the file holds a SHA-256 hash: nobody can try
 * out that many, so a slow hash, which passwords need, would only slow down requests. Edits of the file hold from the next
 * request on; to take a key back, remove its line.
 *
 * <p>What to take from it: being loaded admits nobody, the configuration must list the provider; a credential that is
 * this provider's by its form is rejected when it is wrong, and counts towards a lockout; a request without one is
 * abstained from, so that other providers are asked; the name becomes the principal that audit and policies see.
 */
public final class ApiKeys implements AuthProvider {
    private static final String DEFAULT_HEADER = "X-Api-Key";

    /** Created by the gateway. */
    public ApiKeys() {}

    @Override
    public String name() {
        return "api-keys";
    }

    @Override
    public Kind kind() {
        return Kind.IDENTITY;
    }

    @Override
    public Authenticator create(PluginContext context) {
        Path file = context.config()
                .path("file")
                .orElseThrow(
                        () -> new PluginException(
                                "plugins.entries.api-keys.config.file is missing, so there are no"
                                        + " keys to compare with. Name the file that holds them, for instance \"api-keys.txt\"."));
        String header = context.config().string("header").orElse(DEFAULT_HEADER);
        KeyFile keys = new KeyFile(file, context.logger());
        keys.readStrictly();
        return new KeyAuthenticator(keys, header);
    }
}
