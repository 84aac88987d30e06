package dev.portcullis.gateway.runtime.config;

import java.security.PublicKey;
import java.time.Duration;
import java.util.List;

/**
 * What must be true of a plugin before a class of it is loaded: {@code plugins.verify}, {@code plugins.capabilities},
 * {@code plugins.trustedKeys}; and how long its code has then, {@code plugins.loadTimeoutMs}.
 *
 * @param trustedKeys Ed25519; whoever has one of the private halves may say what runs here
 * @param loadTimeout for one call into a plugin while it is loaded
 */
public record PluginTrust(Verify verify, Capabilities capabilities, List<PublicKey> trustedKeys, Duration loadTimeout) {
    public static final PluginTrust DEFAULT =
            new PluginTrust(Verify.WARN, Capabilities.WARN, List.of(), Duration.ofSeconds(30));

    public PluginTrust {
        trustedKeys = List.copyOf(trustedKeys);
    }

    /** Who vouches for a plugin's files. */
    public enum Verify {
        /** Nobody is asked. */
        OFF,
        /** What differs from the lock file is loaded, and said. */
        WARN,
        /** Only what is in the lock file, unchanged. */
        LOCKED,
        /** Only what one of the trusted keys has signed. */
        SIGNED
    }

    /** What follows when code reaches for more than the plugin states. */
    public enum Capabilities {
        /** Nothing is looked for. */
        OFF,
        /** It is loaded, and said. */
        WARN,
        /** It is not loaded. */
        ENFORCE
    }
}
