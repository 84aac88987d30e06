package dev.portcullis.gateway.runtime.operate.security;

import java.util.function.Consumer;

/** What there is to attack, at a glance. */
final class AttackSurface extends Check {
    AttackSurface() {
        super("summary.attack_surface");
    }

    @Override
    void examine(Examined gateway, Consumer<Finding> found) {
        Settings settings = gateway.settings();
        found.accept(info(
                "",
                "Attack surface summary",
                String.join(
                        "\n",
                        "groups: open=" + gateway.channels().groups("open") + ", allowlist="
                                + gateway.channels().groups("allowlist"),
                        "tools.elevated: " + (gateway.tools().elevated() ? "enabled" : "disabled"),
                        "gateway: bind=" + gateway.bind() + ", auth=" + gateway.mode(),
                        "tools lifted from the HTTP deny list: "
                                + settings.texts("gateway.tools.allow").size(),
                        "trust model: one circle of trusted operators a gateway, no hostile tenants side by side"),
                ""));
    }
}
