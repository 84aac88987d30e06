import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.sample.auth.ApiKeys;

/** A sample auth provider: API keys, kept as hashes in a file. One JAR; the JDK's cryptography is all it needs. */
module dev.portcullis.sample.auth {
    requires dev.portcullis.gateway.api;

    provides AuthProvider with
            ApiKeys;
}
