package dev.portcullis.gateway.runtime.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * From a file to a {@link GatewayConfig}: two syntaxes, one tree, one set of readers. {@code .conf} is HOCON; every other name
 * is JSON5, never the other way round: HOCON takes {@code 'browser'} for a name with quotes in it.
 */
public final class ConfigReader {
    /** Sections whose keys decide something here; a slip in one of these names must not go unnoticed. */
    private static final List<String> OURS = List.of(
            "gateway", "tools", "agents", "session", "plugins", "logging", "channels", "secrets", "diagnostics");

    /** The security audit reads its suppressions from here. */
    private static final String AUDIT = "security";

    private final ConfigEnvironment environment;
    private final Problems problems = new Problems();
    private final Set<Path> secretFiles = new LinkedHashSet<>();
    private final List<String> unused = new ArrayList<>();
    private final Set<ConfigPath> used = new LinkedHashSet<>();
    private Optional<ConfigDocument> document = Optional.empty();

    private ConfigReader(ConfigEnvironment environment) {
        this.environment = environment;
    }

    public static ConfigReading read(Path file, ConfigEnvironment environment) {
        return draft(file, environment).reading();
    }

    /** What is written, and whether it holds. */
    public static ConfigDraft draft(Path file, ConfigEnvironment environment) {
        SourceFiles files = new SourceFiles(file, environment);
        ConfigReader reader = new ConfigReader(environment);
        ConfigReading reading = reader.read(files);
        return new ConfigDraft(reader.document, reading.files(), reading);
    }

    /** What holds without a file, in the same form. */
    public static ConfigDraft draftWithoutFile(ConfigEnvironment environment) {
        ConfigReader reader = new ConfigReader(environment);
        ConfigReading reading =
                reader.reading(Node.Mapping.EMPTY, Optional.empty(), new SourceFiles(Path.of(""), environment));
        return new ConfigDraft(reader.document, reading.files(), reading);
    }

    private ConfigReading read(SourceFiles files) {
        try {
            Node root = parsed(files, files.main());
            return reading(root, Optional.of(files.mainFile()), files);
        } catch (UnreadableConfigException e) {
            problems.error(e.problem());
        } catch (StackOverflowError e) {
            problems.error(
                    Position.of(files.mainFile().toString()),
                    ConfigPath.ROOT,
                    "it nests too deeply to be read",
                    "Nest it less.");
        }
        return new ConfigReading.Invalid(problems.errors(), problems.warnings(), files.seen());
    }

    /** What holds without a file: defaults, environment and command line. */
    public static ConfigReading withoutFile(ConfigEnvironment environment) {
        return draftWithoutFile(environment).reading();
    }

    /** Every path that reading a file asks for, whether or not it is written there: what documentation has to name. */
    static Set<ConfigPath> used(Path file, ConfigEnvironment environment) {
        SourceFiles files = new SourceFiles(file, environment);
        ConfigReader reader = new ConfigReader(environment);
        reader.reading(reader.parsed(files, files.main()), Optional.of(file), files);
        return Set.copyOf(reader.used);
    }

    /** Whether a file of that name is HOCON; it is JSON5 otherwise. */
    public static boolean hocon(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".conf");
    }

    private Node parsed(SourceFiles files, SourceFiles.Source source) {
        if (hocon(source.file())) {
            return new HoconSyntax(files, environment.variables()).parse(source);
        }
        return new Includes(files, this::parsed).resolve(new Json5Syntax(source, problems).parse(), source);
    }

    private ConfigReading reading(Node parsed, Optional<Path> file, SourceFiles files) {
        files.untrusted()
                .forEach(untrusted -> problems.error(
                        Position.of(untrusted.getFile()),
                        ConfigPath.ROOT,
                        "it is not to be trusted: " + untrusted.what(),
                        untrusted.advice()));
        Node resolved = Variables.of(environment.variables(), parsed).resolve(parsed);
        if (!(resolved instanceof Node.Mapping root)) {
            problems.error(
                    resolved.at(),
                    ConfigPath.ROOT,
                    "the document is " + resolved.kind() + ", not an object",
                    "Write { … }.");
            return new ConfigReading.Invalid(problems.errors(), problems.warnings(), files.seen());
        }
        @SuppressWarnings("unchecked") // A mapping is a map.
        Map<String, Object> plain = (Map<String, Object>) Objects.requireNonNull(root.plain());
        ConfigDocument written = new ConfigDocument(file, plain, files.hash());
        document = Optional.of(written);
        GatewayConfig config = config(root, written);
        TextRedaction.know(ConfigRedaction.secrets(config));
        TextRedaction.know(environment.secrets());
        unusedVariables(ConfigPath.ROOT, root);
        Set<Path> looked = new LinkedHashSet<>(files.seen());
        looked.addAll(secretFiles);
        return problems.errors().isEmpty()
                ? new ConfigReading.Valid(config, problems.warnings(), unused, looked)
                : new ConfigReading.Invalid(problems.errors(), problems.warnings(), looked);
    }

    private GatewayConfig config(Node.Mapping root, ConfigDocument document) {
        Section.Shared shared = new Section.Shared(problems, unused, used);
        Section all = new Section(ConfigPath.ROOT, root, shared);
        Path base = document.file().map(Path::getParent).orElse(Path.of("").toAbsolutePath());
        SecretReferences secrets = new SecretReferences(
                all.section("secrets"), environment, new SecretFiles(environment, base, secretFiles::add), problems);
        Section gateway = all.section("gateway");
        boolean client = client(gateway);
        Section controlUi = gateway.section("controlUi");
        ServerConfig server = new ServerReader(gateway, controlUi, environment, base, problems).read();
        Section remote = gateway.section("remote");
        AuthConfig auth = new AuthReader(gateway, controlUi, remote, environment, secrets, problems).read(server);
        RemoteConfig elsewhere = new RemoteReader(remote, secrets).read(client);
        remote.close();
        Section http = gateway.section("tools");
        HttpToolsConfig httpTools = new HttpToolsConfig(
                http.texts("allow").orElse(List.of()), http.texts("deny").orElse(List.of()));
        DenyEntries.ofTools(http, "deny", httpTools.deny());
        http.close();
        InvokeConfig invoke = InvokeReader.read(gateway.section("invoke"));
        Section tailscale = gateway.section("tailscale");
        tailscale.node("mode");
        tailscale.close();
        gateway.close();
        ToolsConfig tools = ToolsReader.read(all.section("tools"));
        AgentsConfig agents = AgentsReader.read(all.section("agents"));
        Map<String, ChannelConfig> channels = channels(all.section("channels"));
        Section session = all.section("session");
        SessionConfig sessions = new SessionConfig(
                session.choice("scope", SessionConfig.Scope.class).orElse(SessionConfig.Scope.PER_SENDER),
                session.text("mainKey")
                        .map(String::strip)
                        .filter(key -> !key.isEmpty())
                        .orElse("main"));
        session.close();
        PluginsConfig plugins = PluginsReader.read(all.section("plugins"), secrets, environment, base);
        LoggingReader logging = new LoggingReader(all.section("logging"), environment, base);
        DiagnosticsConfig diagnostics = DiagnosticsReader.read(all.section("diagnostics"), secrets);
        GatewayConfig config = new GatewayConfig(
                document.with(KnownKeys.of(used)),
                server,
                auth,
                httpTools,
                invoke,
                tools,
                agents,
                channels,
                sessions,
                plugins,
                logging.log(),
                logging.audit(),
                diagnostics,
                elsewhere);
        otherSections(root);
        return config;
    }

    /** The reference gateway's switch for running without its channels: their group policies go with them. */
    private Map<String, ChannelConfig> channels(Section section) {
        Map<String, ChannelConfig> channels = ChannelsReader.read(section);
        boolean skipped = environment
                .first("OPENCLAW_SKIP_CHANNELS")
                .map(variable -> variable.value().equals("1"))
                .orElse(false);
        if (!skipped || channels.isEmpty()) {
            return channels;
        }
        problems.warning(
                Position.of("environment variable OPENCLAW_SKIP_CHANNELS"),
                ConfigPath.of("channels"),
                "OPENCLAW_SKIP_CHANNELS=1 drops all channels, and with them every policy about their groups",
                "Unset the variable to have them applied.");
        return Map.of();
    }

    /** Whether it is the configuration of commands that ask a gateway elsewhere: no gateway starts with it. */
    private boolean client(Section gateway) {
        boolean client = gateway.choice("mode", Mode.class)
                .filter(mode -> mode == Mode.REMOTE)
                .isPresent();
        if (client && !environment.overrides().allowUnconfigured()) {
            gateway.error(
                    "mode",
                    "Gateway start blocked: the configuration is one of a client (gateway.mode is \"remote\")",
                    "Set gateway.mode=local, or pass --allow-unconfigured.");
        }
        return client;
    }

    private enum Mode {
        LOCAL,
        REMOTE
    }

    /** Sections that others read; only a name that is nearly one of ours is an error. */
    private void otherSections(Node.Mapping root) {
        root.entries().forEach((name, value) -> {
            ConfigPath path = ConfigPath.of(name);
            if (OURS.contains(name) || name.equals(AUDIT)) {
                return;
            }
            if (ReferenceKeys.known().match(path) == ReferenceKeys.Match.KNOWN) {
                unused.add(name);
                return;
            }
            Optional<String> near = Nearest.likely(name, OURS);
            if (near.isPresent()) {
                problems.error(
                        value.at(), path, "unknown section \"" + name + "\"", "Did you mean \"" + near.get() + "\"?");
            } else {
                problems.warning(value.at(), path, "unknown section \"" + name + "\"; nothing reads it", "Remove it.");
            }
        });
    }

    /** Variables that are not set, in places where nobody needed them. */
    private void unusedVariables(ConfigPath path, Node node) {
        switch (node) {
            case Node.Scalar scalar -> {
                if (!scalar.unset().isEmpty() && !problems.wrong(path)) {
                    String names = String.join(", ", scalar.unset());
                    problems.warning(
                            scalar.at(),
                            path,
                            "it names the variable " + names + ", which is not set",
                            "Set " + names + ".");
                }
            }
            case Node.Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    unusedVariables(path.item(i), sequence.items().get(i));
                }
            }
            case Node.Mapping mapping ->
                mapping.entries().forEach((key, value) -> unusedVariables(path.child(key), value));
        }
    }
}
