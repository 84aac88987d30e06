package dev.portcullis.gateway.runtime.operate.doctor;

import java.util.Set;
import java.util.function.Consumer;

/** Something else has the gateway's port. */
final class GatewayPort extends Check {
    private static final Set<String> STRANGERS = Set.of("foreign", "timeout");

    GatewayPort() {
        super("core/doctor/gateway-port");
    }

    /** Whether that is what is wrong. */
    static boolean taken(Glance glance) {
        return glance.local() && STRANGERS.contains(glance.state());
    }

    @Override
    void examine(Patient patient, Consumer<Finding> found) {
        patient.glance()
                .filter(GatewayPort::taken)
                .ifPresent(
                        glance -> found.accept(
                                error(
                                        glance.problem()
                                                + PortOwner.of(glance.port())
                                                        .map(owner -> ". The port is taken by " + owner)
                                                        .orElse(""),
                                        "gateway.port",
                                        "Stop what has the port, or give the gateway another: portcullis config set gateway.port NUMBER")));
    }
}
