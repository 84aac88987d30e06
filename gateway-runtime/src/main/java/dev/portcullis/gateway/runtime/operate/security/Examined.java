package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.config.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A subject with what several checks derive from it. */
final class Examined {
    private static final Set<String> PLACEHOLDERS = Set.of(
            "",
            "undefined",
            "null",
            "change-me-to-a-long-random-token",
            "change-me-now",
            "change-me-to-a-strong-password");

    private final AuditSubject subject;
    private final Settings settings;
    private final ToolReach tools;
    private final OpenChannels channels;
    private final InstalledPlugins plugins;
    private final Optional<DeepProbe> probe;

    /** @param probe empty if nobody wants a deep look */
    Examined(AuditSubject subject, Optional<DeepProbe> probe) {
        this.subject = subject;
        this.probe = probe;
        this.plugins = new InstalledPlugins(subject);
        this.settings = new Settings(subject.root());
        this.tools = new ToolReach(settings);
        this.channels = new OpenChannels(settings);
    }

    AuditSubject subject() {
        return subject;
    }

    Settings settings() {
        return settings;
    }

    ToolReach tools() {
        return tools;
    }

    OpenChannels channels() {
        return channels;
    }

    InstalledPlugins plugins() {
        return plugins;
    }

    /** How the running gateway answered; empty if it was not asked. */
    Optional<DeepProbe> probe() {
        return probe;
    }

    boolean loadsPlugins() {
        return !settings.off("plugins.enabled");
    }

    /** Plugins with what their class files say; none unless somebody wants a deep look. */
    List<ScannedPlugin> scannedPlugins() {
        return probe.isPresent() && loadsPlugins() ? plugins.scanned() : List.of();
    }

    /** All by which the configuration may mean a plugin that lies in a plugin folder. */
    Set<String> pluginNames() {
        return plugins.scanned().stream()
                .flatMap(plugin -> plugin.names().stream())
                .collect(Collectors.toSet());
    }

    /** Whether it is a part of the gateway, which the plugin lists do not keep out. */
    boolean builtIn(String name) {
        return subject.builtIns().contains(name);
    }

    /** Whose the state directory is; empty where files have no owners. */
    String owner() {
        return FileOwner.of(subject.places().stateDir()).orElse("");
    }

    /** Secrets that are asked for, written as references, and not resolved. */
    List<String> unresolvedSecrets() {
        return Stream.of("token", "password")
                .filter(kind -> mode().equals(kind) && activeSecret(kind).isEmpty())
                .map(kind -> "gateway.auth." + kind)
                .filter(key -> settings.child(key).isPresent())
                .toList();
    }

    String bind() {
        String bind = settings.text("gateway.bind");
        return bind.isEmpty() ? "loopback" : bind;
    }

    /** Whether others than this machine can connect. */
    boolean exposed() {
        return switch (bind()) {
            case "loopback" -> false;
            case "custom" -> !settings.text("gateway.customBindHost").startsWith("127.");
            default -> true;
        };
    }

    boolean tailscale(String mode) {
        return settings.says("gateway.tailscale.mode", mode);
    }

    /** Exposed, or forwarded to from elsewhere. */
    boolean reachableFromElsewhere() {
        return exposed() || tailscale("serve") || tailscale("funnel");
    }

    String mode() {
        Optional<String> assumed = subject.assumed().mode();
        if (assumed.isPresent()) {
            return assumed.get();
        }
        String written = settings.text("gateway.auth.mode");
        if (!written.isEmpty()) {
            return written;
        }
        return password().isPresent() && token().isEmpty() ? "password" : "token";
    }

    /** The secret that callers present, with white space removed; empty text if a blank one is written. */
    Optional<String> activeSecret(String kind) {
        if (!mode().equals(kind)) {
            return Optional.empty();
        }
        return kind.equals("token") ? token() : password();
    }

    /** Whether a secret is asked for that nobody can guess by reading documentation. */
    boolean sharedSecret() {
        return activeSecret("token")
                .or(() -> activeSecret("password"))
                .filter(secret -> !secret.isEmpty())
                .isPresent();
    }

    /** A gateway in token mode that has none makes one at its first start; one that others can reach does not start without. */
    boolean tokenIsMade() {
        return mode().equals("token") && token().isEmpty() && !exposed();
    }

    boolean trustedProxy() {
        return mode().equals("trusted-proxy");
    }

    /** Anybody is let in. */
    boolean open() {
        boolean builtIn = mode().equals("none") || mode().equals("token") || mode().equals("password");
        return builtIn && !sharedSecret() && !tokenIsMade();
    }

    /** Portcullis has no control page; who switches it on expects one behind this address. */
    boolean controlUi() {
        return settings.on("gateway.controlUi.enabled");
    }

    static boolean placeholder(String secret) {
        return PLACEHOLDERS.contains(secret.toLowerCase(Locale.ROOT));
    }

    private Optional<String> token() {
        return secret(subject.assumed().token(), "gateway.auth.token", "GATEWAY_TOKEN", subject.token());
    }

    private Optional<String> password() {
        return secret(subject.assumed().password(), "gateway.auth.password", "GATEWAY_PASSWORD", subject.password());
    }

    private Optional<String> secret(Optional<Secret> assumed, String path, String variable, Optional<Secret> resolved) {
        if (assumed.isPresent()) {
            return assumed.map(Examined::plain);
        }
        @Nullable Object written = settings.value(path);
        if (written instanceof String text) {
            return Optional.of(text.strip());
        }
        return resolved.map(Examined::plain).or(() -> variable(variable));
    }

    /** The value of {@code PORTCULLIS_…}, or of {@code OPENCLAW_…}. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(subject.variables().get("PORTCULLIS_" + name))
                .or(() -> Optional.ofNullable(subject.variables().get("OPENCLAW_" + name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** The file that a path names: {@code ~} leads home, the rest is taken from the configuration file. */
    Optional<Path> file(String path) {
        String written = settings.text(path);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            AuditSubject.Places places = subject.places();
            Path base = places.configFile()
                    .map(Path::toAbsolutePath)
                    .map(Path::getParent)
                    .orElse(places.stateDir());
            return Optional.of(
                    written.startsWith("~/") ? places.home().resolve(written.substring(2)) : base.resolve(written));
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static String plain(Secret secret) {
        return secret.reveal().strip();
    }
}
