package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.AuditConfig;
import dev.portcullis.gateway.runtime.config.AuthConfigBuilder;
import dev.portcullis.gateway.runtime.config.ConfigDocument;
import dev.portcullis.gateway.runtime.config.ConfigDraft;
import dev.portcullis.gateway.runtime.config.ConfigEnvironment;
import dev.portcullis.gateway.runtime.config.ConfigFileEditor;
import dev.portcullis.gateway.runtime.config.ConfigProblem;
import dev.portcullis.gateway.runtime.config.ConfigReading;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfigBuilder;
import dev.portcullis.gateway.runtime.config.LoggingConfig;
import dev.portcullis.gateway.runtime.config.RemoteConfig;
import dev.portcullis.gateway.runtime.config.Secret;
import dev.portcullis.gateway.runtime.config.ServerConfigBuilder;
import dev.portcullis.gateway.runtime.config.TlsConfig;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs commands in this process, with a configuration and surroundings of the test's choice. */
final class CommandRunner {
    record Ran(int exit, String out, String err) {
        Object json() {
            return Json.parse(out).orElseThrow().value();
        }
    }

    final Map<String, String> environment = new HashMap<>();
    private final Path stateDir;
    private String input = "";
    private int port = 18789;
    private String mode = "token";
    private Optional<Secret> token = Optional.empty();
    private Optional<Secret> password = Optional.empty();
    private Map<String, Object> root = Map.of();
    private List<String> problems = List.of();
    private List<String> warnings = List.of();
    private Optional<Path> file;
    private int reads;
    private GatewayProcess.Starter starter = settings -> {
        throw new AssertionError("no gateway is to be started");
    };
    private RunCommand.Host host = new RunCommand.Host() {
        @Override
        public void log(LoggingConfig config) {}

        @Override
        public void onStop(Runnable stop) {}

        @Override
        public void onReload(Runnable reload) {}

        @Override
        public void serving() {}
    };

    CommandRunner(Path stateDir) {
        this.stateDir = stateDir;
        this.file = Optional.of(stateDir.resolve("gateway.conf"));
    }

    CommandRunner port(int number) {
        port = number;
        return this;
    }

    CommandRunner token(String text) {
        token = Optional.of(new Secret(text));
        return this;
    }

    CommandRunner password(String text) {
        mode = "password";
        password = Optional.of(new Secret(text));
        return this;
    }

    CommandRunner root(Map<String, Object> values) {
        root = values;
        return this;
    }

    private RemoteConfig remote = RemoteConfig.NONE;
    private Optional<TlsConfig> tls = Optional.empty();

    CommandRunner problems(String... texts) {
        problems = List.of(texts);
        return this;
    }

    CommandRunner warnings(String... texts) {
        warnings = List.of(texts);
        return this;
    }

    CommandRunner withoutFile() {
        file = Optional.empty();
        return this;
    }

    CommandRunner input(String text) {
        input = text;
        return this;
    }

    CommandRunner starting(GatewayProcess.Starter with, RunCommand.Host on) {
        starter = with;
        host = on;
        return this;
    }

    /** A local gateway that encrypts with this certificate. */
    CommandRunner tls(Path certificate) {
        tls = Optional.of(new TlsConfig(true, Optional.of(certificate), Optional.of(certificate), Optional.empty()));
        return this;
    }

    /** The configuration of a client. */
    CommandRunner remote(RemoteConfig elsewhere) {
        remote = elsewhere;
        return this;
    }

    int reads() {
        return reads;
    }

    Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings = new Surroundings(
                environment, stateDir, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        int exit = Commands.line(
                        List.of(args),
                        surroundings,
                        (config, state, overrides) -> new Access(config.or(() -> file), state.orElse(stateDir)),
                        starter,
                        host)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new Ran(exit, out.toString(), err.toString());
    }

    private final class Access implements ConfigAccess {
        private final Optional<Path> path;
        private final Path state;

        Access(Optional<Path> path, Path state) {
            this.path = path;
            this.state = state;
        }

        @Override
        public Optional<Path> file() {
            return path;
        }

        @Override
        public String chosenBy() {
            return "the test";
        }

        @Override
        public Path stateDir() {
            return state;
        }

        @Override
        public List<Path> pluginFolders() {
            return List.of(state.resolve("plugin-folder"));
        }

        @Override
        public ConfigFileEditor editor(Path edited, Optional<Path> template) {
            return new ConfigFileEditor(edited, template, ConfigEnvironment.of(environment));
        }

        @Override
        public ConfigDraft draft() {
            GatewayConfig config = config(path);
            return problems.isEmpty()
                    ? new ConfigDraft(
                            Optional.of(config.document()),
                            Set.of(),
                            new ConfigReading.Valid(config, List.of(), List.of(), Set.of()))
                    : new ConfigDraft(
                            Optional.empty(),
                            Set.of(),
                            new ConfigReading.Invalid(
                                    problems.stream()
                                            .map(text -> new ConfigProblem("", 0, "", text, ""))
                                            .toList(),
                                    List.of(),
                                    Set.of()));
        }

        @Override
        public Reading read() {
            reads++;
            if (!problems.isEmpty()) {
                throw CliException.configuration("Configuration is not valid: " + path.orElseThrow(), problems);
            }
            return new Reading(config(path), warnings);
        }
    }

    private GatewayConfig config(Optional<Path> path) {
        return new GatewayConfigBuilder()
                .with(new ConfigDocument(path, root, "0"))
                .with(ServerConfigBuilder.server().port(port).tls(tls).build())
                .with(AuthConfigBuilder.auth(mode)
                        .token(token)
                        .password(password)
                        .build())
                .with(new AuditConfig(true, Optional.empty(), AuditConfig.LARGEST_FILE))
                .with(remote)
                .build();
    }
}
