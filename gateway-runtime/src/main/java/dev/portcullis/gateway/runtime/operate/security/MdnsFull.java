package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** The network is told more than it needs. */
final class MdnsFull extends Check {
    MdnsFull() {
        super("discovery.mdns_full_mode");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        if (gateway.settings().says("discovery.mdns.mode", "full")) {
            found.accept(criticalIf(
                    gateway.exposed(),
                    "discovery.mdns.mode",
                    "Discovery tells the network too much",
                    "discovery.mdns.mode is \"full\": paths and host details are announced to the local network by a gateway that obeys it.",
                    "Set discovery.mdns.mode to \"minimal\" or \"off\"."));
        }
    }
}
