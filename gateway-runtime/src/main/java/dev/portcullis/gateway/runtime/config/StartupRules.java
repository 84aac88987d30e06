package dev.portcullis.gateway.runtime.config;

import java.util.Locale;
import java.util.Optional;

/** What must not go together, whatever each key for itself allows. */
final class StartupRules {
    private final Section gateway;
    private final Section auth;
    private final Problems problems;

    StartupRules(Section gateway, Section auth, Problems problems) {
        this.gateway = gateway;
        this.auth = auth;
        this.problems = problems;
    }

    void check(ServerConfig server, String mode, Credentials token, Credentials password) {
        if (mode.equals("password") && password.secret().isEmpty() && !problems.wrong(auth.path("password"))) {
            auth.error(
                    "password",
                    "gateway auth mode is password, but no password was configured",
                    "Set gateway.auth.password or PORTCULLIS_GATEWAY_PASSWORD, or pass --password.");
        }
        if (mode.equals("trusted-proxy")) {
            trustedProxy(server, token);
        }
        exposure(server, mode, token);
        tailscale(server, mode);
    }

    private void trustedProxy(ServerConfig server, Credentials token) {
        if (!auth.has("trustedProxy")) {
            auth.error(
                    "trustedProxy",
                    "gateway auth mode is trusted-proxy, but no trustedProxy config was provided (set"
                            + " gateway.auth.trustedProxy)",
                    "Name at least trustedProxy.userHeader.");
        }
        if (server.trustedProxies().isEmpty() && !problems.wrong(gateway.path("trustedProxies"))) {
            gateway.error(
                    "trustedProxies",
                    "gateway auth mode=trusted-proxy requires gateway.trustedProxies to be configured with at least one"
                            + " proxy IP",
                    "Add the address from which the proxy connects.");
        }
        if (token.secret().isPresent()) {
            problems.error(
                    token.at(),
                    auth.path("token"),
                    "gateway auth mode is trusted-proxy, but a shared token is configured too; the two are mutually"
                            + " exclusive",
                    "Remove the token, or set gateway.auth.mode to token.");
        }
    }

    /** Whoever can reach the gateway from elsewhere must have to say who they are. */
    private void exposure(ServerConfig server, String mode, Credentials token) {
        if (!exposed(server)) {
            return;
        }
        boolean open = mode.equals("none")
                || (mode.equals("token") && token.secret().isEmpty() && !problems.wrong(auth.path("token")));
        if (open) {
            String bind = server.bind().name().toLowerCase(Locale.ROOT);
            gateway.error(
                    "bind",
                    "Refusing to bind gateway to " + bind + " without auth"
                            + (mode.equals("none") ? " (mode none)" : ""),
                    "Set gateway.auth.token or PORTCULLIS_GATEWAY_TOKEN (or a password), or bind to loopback.");
        }
    }

    private static boolean exposed(ServerConfig server) {
        return switch (server.bind()) {
            case LOOPBACK -> false;
            case LAN, TAILNET, AUTO -> true;
            case CUSTOM -> !server.customBindHost().orElse("").startsWith("127.");
        };
    }

    /** Portcullis does not start Tailscale; who says it does must not be less protected than the words promise. */
    private void tailscale(ServerConfig server, String mode) {
        Optional<Tailscale> configured = gateway.section("tailscale").choice("mode", Tailscale.class);
        if (configured.isEmpty() || configured.get() == Tailscale.OFF) {
            return;
        }
        if (configured.get() == Tailscale.FUNNEL && !mode.equals("password")) {
            gateway.error(
                    "tailscale",
                    "tailscale funnel requires gateway auth mode=password (set gateway.auth.password or"
                            + " PORTCULLIS_GATEWAY_PASSWORD)",
                    "Everybody on the internet could reach the gateway.");
        }
        if (mode.equals("none")) {
            gateway.error("tailscale", "tailscale serve/funnel requires authentication", "Set gateway.auth.mode.");
        }
        if (server.bind() != ServerConfig.Bind.LOOPBACK) {
            gateway.error(
                    "tailscale",
                    "tailscale serve/funnel requires gateway bind=loopback (127.0.0.1)",
                    "Set gateway.bind to loopback.");
        }
        gateway.warning(
                "tailscale",
                "Portcullis does not start Tailscale",
                "Run \"tailscale serve\" yourself and list 127.0.0.1 in gateway.trustedProxies.");
    }

    private enum Tailscale {
        OFF,
        SERVE,
        FUNNEL
    }
}
