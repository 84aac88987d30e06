import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.sample.policy.AllowedHours;

/** A sample policy source: tools that are reachable at certain hours only. One JAR, no library. */
module dev.portcullis.sample.policy {
    requires dev.portcullis.gateway.api;

    provides PolicySourceProvider with
            AllowedHours;
}
