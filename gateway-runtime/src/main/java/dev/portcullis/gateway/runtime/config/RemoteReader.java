package dev.portcullis.gateway.runtime.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** {@code gateway.remote}. */
final class RemoteReader {
    private static final String DIGITS = "[0-9a-f]{64}";

    private final Section remote;
    private final SecretReferences secrets;

    RemoteReader(Section remote, SecretReferences secrets) {
        this.remote = remote;
        this.secrets = secrets;
    }

    /**
     * References to secrets are followed for a client alone: a gateway must not depend on what it does not use.
     *
     * @param preferred whether the configuration is a client's
     */
    RemoteConfig read(boolean preferred) {
        Optional<URI> url = remote.text("url").filter(text -> !text.isBlank()).flatMap(this::url);
        Optional<String> fingerprint =
                remote.text("tlsFingerprint").filter(text -> !text.isBlank()).flatMap(this::fingerprint);
        if (fingerprint.isPresent()
                && url.isPresent()
                && !"https".equals(url.get().getScheme())) {
            remote.warning(
                    "tlsFingerprint",
                    "gateway.remote.url does not encrypt, so there is no certificate to compare it with",
                    "Write wss:// in gateway.remote.url.");
        }
        return preferred
                ? new RemoteConfig(true, url, secret("token"), secret("password"), fingerprint)
                : new RemoteConfig(false, url, Optional.empty(), Optional.empty(), fingerprint);
    }

    private Optional<URI> url(String written) {
        Optional<URI> base = RemoteConfig.base(written);
        if (base.isEmpty()) {
            // it could hold a password, so it is not shown
            remote.error(
                    "url",
                    "it is not the base URL of a gateway",
                    "Write it like wss://tools.example:18789, without user, path or query.");
        }
        return base;
    }

    private Optional<String> fingerprint(String written) {
        String digits = written.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^sha-?256( fingerprint)?\\s*[:=]?", "")
                .replaceAll("[:\\s]", "");
        if (!digits.matches(DIGITS)) {
            remote.error(
                    "tlsFingerprint",
                    "\"" + written + "\" is no SHA-256 fingerprint",
                    "Write 64 hexadecimal digits, with or without colons: \"run\" prints them where the gateway starts.");
            return Optional.empty();
        }
        return Optional.of(digits);
    }

    private Optional<Secret> secret(String key) {
        return remote.has(key)
                ? secrets.secret(remote, key).filter(known -> !known.reveal().isBlank())
                : Optional.empty();
    }
}
