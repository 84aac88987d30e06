package dev.portcullis.gateway.runtime.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code gateway.auth}: which mode holds, and what it needs. */
final class AuthReader {
    private static final List<String> MODES = List.of("token", "password", "none", "trusted-proxy");
    private static final Pattern PROVIDER = Pattern.compile("[a-z][a-z0-9-]*");

    private final Section gateway;
    private final Section controlUi;
    private final Section auth;
    private final ConfigEnvironment environment;
    private final Problems problems;
    private final Credentials token;
    private final Credentials password;

    AuthReader(
            Section gateway,
            Section controlUi,
            Section remote,
            ConfigEnvironment environment,
            SecretReferences secrets,
            Problems problems) {
        this.gateway = gateway;
        this.controlUi = controlUi;
        this.auth = gateway.section("auth");
        this.environment = environment;
        this.problems = problems;
        var overrides = environment.overrides();
        this.token = Credentials.find("token", auth, remote, overrides.token(), environment, secrets);
        this.password = Credentials.find("password", auth, remote, overrides.password(), environment, secrets);
    }

    AuthConfig read(ServerConfig server) {
        Optional<String> written = auth.text("mode");
        String mode = mode(written);
        List<String> providers = auth.texts("providers").orElse(List.of());
        for (String provider : providers) {
            nameOfProvider("providers", provider);
        }
        AuthConfig read = new AuthConfig(
                mode,
                providers,
                usable(token, "token", mode),
                usable(password, "password", mode),
                rateLimit(auth.section("rateLimit")),
                trustedProxy(mode),
                identityScopes(auth.section("identityScopes")),
                browserOrigins(controlUi, server.publicOrigin()),
                RolesReader.standard(gateway));
        auth.close();
        new StartupRules(gateway, auth, problems).check(server, mode, token, password);
        return read;
    }

    private String mode(Optional<String> written) {
        Optional<String> override = environment.overrides().authMode();
        if (override.isPresent()) {
            return known(override.get(), Position.of("--auth"), "--auth");
        }
        if (written.isPresent()) {
            return known(written.get(), auth.at("mode"), auth.path("mode").toString());
        }
        boolean both = !auth.has("mode") && token.configured() && password.configured();
        if (both) {
            auth.error(
                    "mode",
                    "Invalid config: gateway.auth.token and gateway.auth.password are both configured, but"
                            + " gateway.auth.mode is unset. Set gateway.auth.mode to token or password.",
                    "");
        }
        return password.secret().isPresent() ? "password" : "token";
    }

    /** A name that is not one of ours may be a plugin's, unless it is nearly one of ours. */
    private String known(String written, Position at, String path) {
        String mode = written.strip();
        if (MODES.contains(mode)) {
            return mode;
        }
        if (!PROVIDER.matcher(mode).matches()) {
            problems.error(
                    at,
                    path,
                    "\"" + mode + "\" is neither a mode (" + String.join(", ", MODES) + ") nor the name of a provider",
                    Nearest.question(mode, MODES));
            return mode;
        }
        Nearest.to(mode, MODES)
                .ifPresent(near -> problems.warning(
                        at,
                        ConfigPath.of("gateway", "auth", "mode"),
                        "\"" + mode + "\" is no built-in mode; a plugin has to provide it",
                        "Did you mean \"" + near + "\"?"));
        return mode;
    }

    private void nameOfProvider(String key, String name) {
        if (!PROVIDER.matcher(name).matches()) {
            auth.error(key, "\"" + name + "\" is not the name of a provider", "Use small letters, digits and -.");
        }
    }

    /** A placeholder is an error where it would let somebody in, and useless elsewhere. */
    private Optional<Secret> usable(Credentials credentials, String key, String mode) {
        if (!credentials.placeholder()) {
            return credentials.secret();
        }
        String what = "the " + key + " is blank or a placeholder that everybody knows";
        if (mode.equals(key)) {
            problems.error(
                    credentials.at(),
                    auth.path(key),
                    what,
                    "Set a long random one" + (key.equals("token") ? ", or leave it out to have one made." : "."));
        } else {
            problems.warning(credentials.at(), auth.path(key), what + "; it is not used", "Remove it.");
        }
        return Optional.empty();
    }

    private static AuthConfig.RateLimit rateLimit(Section section) {
        AuthConfig.RateLimit standard = AuthConfig.RateLimit.DEFAULT;
        AuthConfig.RateLimit read = new AuthConfig.RateLimit(
                section.number("maxAttempts", 0, Integer.MAX_VALUE)
                        .orElse((long) standard.maxAttempts())
                        .intValue(),
                millis(section, "windowMs", standard.window()),
                millis(section, "lockoutMs", standard.lockout()),
                section.flag("exemptLoopback").orElse(standard.exemptLoopback()));
        section.close();
        return read;
    }

    static Duration millis(Section section, String key, Duration standard) {
        return section.number(key, 0, Integer.MAX_VALUE).map(Duration::ofMillis).orElse(standard);
    }

    private Optional<AuthConfig.TrustedProxy> trustedProxy(String mode) {
        boolean written = auth.has("trustedProxy");
        Section section = auth.section("trustedProxy");
        Optional<List<String>> users = section.texts("allowUsers");
        section.warnOfEmpty("allowUsers", users);
        AuthConfig.TrustedProxy read = new AuthConfig.TrustedProxy(
                section.text("userHeader").orElse("").strip(),
                section.texts("requiredHeaders").orElse(List.of()),
                users.orElse(List.of()),
                section.flag("allowLoopback").orElse(false));
        section.close();
        boolean needed = written && read.userHeader().isEmpty();
        if (needed && !problems.wrong(section.path("userHeader"))) {
            section.error(
                    "userHeader",
                    "gateway auth mode is " + mode
                            + ", but trustedProxy.userHeader is empty (set gateway.auth.trustedProxy.userHeader)",
                    "Name the header in which the proxy says who the user is.");
        }
        return written ? Optional.of(read) : Optional.empty();
    }

    private static AuthConfig.BrowserOrigins browserOrigins(Section controlUi, Optional<URI> own) {
        List<String> allowed = new ArrayList<>(controlUi.texts("allowedOrigins").orElse(List.of()));
        own.ifPresent(origin -> allowed.add(origin.toString()));
        AuthConfig.BrowserOrigins read = new AuthConfig.BrowserOrigins(
                allowed,
                controlUi.flag("dangerouslyAllowHostHeaderOriginFallback").orElse(false));
        controlUi.close();
        return read;
    }

    private static Map<String, Set<String>> identityScopes(Section section) {
        Map<String, Set<String>> read = new HashMap<>();
        for (String identity : section.keys()) {
            section.texts(identity).ifPresent(scopes -> read.put(identity, Set.copyOf(scopes)));
        }
        return read;
    }
}
