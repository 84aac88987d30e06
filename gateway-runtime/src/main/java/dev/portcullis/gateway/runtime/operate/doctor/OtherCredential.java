package dev.portcullis.gateway.runtime.operate.doctor;

import dev.portcullis.gateway.runtime.config.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The environment brings another secret than the configuration: commands present the one, the gateway wants the other. */
final class OtherCredential extends Check {
    private static final List<String> PREFIXES = List.of("PORTCULLIS_GATEWAY_", "OPENCLAW_GATEWAY_");

    OtherCredential() {
        super("portcullis/doctor/credential");
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        patient.config().ifPresent(config -> {
            compare(patient, "TOKEN", config.auth().token(), found);
            compare(patient, "PASSWORD", config.auth().password(), found);
        });
    }

    private void compare(Patient patient, String kind, Optional<Secret> wanted, Consumer<Finding> found) {
        for (String prefix : PREFIXES) {
            Optional<String> brought = Optional.ofNullable(patient.variables().get(prefix + kind))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty());
            if (brought.isPresent()
                    && wanted.isPresent()
                    && !wanted.get().reveal().strip().equals(brought.get())) {
                found.accept(warning(
                        prefix + kind
                                + " holds another secret than the configuration: commands present it, and are refused",
                        "gateway.auth." + kind.toLowerCase(java.util.Locale.ROOT),
                        "Unset the variable, or give both the same value."));
            }
        }
    }
}
