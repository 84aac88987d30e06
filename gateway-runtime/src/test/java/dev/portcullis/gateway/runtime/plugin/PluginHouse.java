package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.config.AuthConfigBuilder;
import dev.portcullis.gateway.runtime.config.ConfigDocument;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.GatewayConfigBuilder;
import dev.portcullis.gateway.runtime.config.PluginTrust;
import dev.portcullis.gateway.runtime.config.PluginsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plugin folder, a state directory and a configuration to load plugins with. */
final class PluginHouse {
    final Path folder;
    final Path copies;
    final TinyPlugins tiny;
    final List<ToolProvider> tools = new ArrayList<>();
    final List<AuthProvider> authenticators = new ArrayList<>(List.of(new Token("token")));
    final List<PolicySourceProvider> policySources = new ArrayList<>();
    final Map<String, PluginsConfig.Entry> entries = new LinkedHashMap<>();
    final Set<String> allow = new HashSet<>();
    final Set<String> deny = new HashSet<>();
    final List<Path> loadPaths = new ArrayList<>();
    final List<String> authProviders = new ArrayList<>();
    final Path configFile;
    PluginTrust trust = PluginTrust.DEFAULT;
    boolean enabled = true;
    String mode = "token";
    String apiVersion = PluginEnvironment.runningApiVersion();
    Duration deadline = Duration.ofSeconds(30);
    JarLimits limits = JarLimits.DEFAULT;

    PluginHouse(Path home) throws IOException {
        folder = Files.createDirectories(home.resolve("plugins"));
        copies = home.resolve("state/plugins");
        configFile = home.resolve("conf/gateway.conf");
        tiny = new TinyPlugins(home.resolve("work"));
    }

    Path at(String name) {
        return folder.resolve(name);
    }

    PluginSet load() throws PluginStartException {
        try {
            PluginEnvironment environment = new PluginEnvironment(
                    tools,
                    authenticators,
                    policySources,
                    List.of(folder),
                    copies,
                    apiVersion,
                    deadline,
                    PluginHouse.class.getModule().getLayer());
            return new PluginManager(environment, limits).load(config());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads and gives the only problem's text. */
    String problem() throws PluginStartException {
        try (PluginSet set = load()) {
            if (set.problems().size() != 1) {
                throw new AssertionError("Expected one problem, found " + set.problems());
            }
            return set.problems().getFirst().text();
        }
    }

    void entry(String name, Map<String, Object> config) {
        entries.put(name, new PluginsConfig.Entry(Optional.empty(), false, config, Set.of()));
    }

    void disable(String name) {
        entries.put(name, new PluginsConfig.Entry(Optional.of(false), false, Map.of(), Set.of()));
    }

    void require(String name) {
        entries.put(name, new PluginsConfig.Entry(Optional.empty(), true, Map.of(), Set.of()));
    }

    GatewayConfig config() {
        return new GatewayConfigBuilder()
                .with(new ConfigDocument(Optional.of(configFile), Map.of(), "0"))
                .with(AuthConfigBuilder.auth(mode).providers(authProviders).build())
                .with(new PluginsConfig(enabled, allow, deny, loadPaths, entries, trust, true, Duration.ofSeconds(60)))
                .build();
    }

    /** A provider of the gateway itself, with one tool. */
    static ToolProvider builtIn(String name, String tool) {
        return new ToolProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Tool> tools(PluginContext context) {
                return List.of(Tool.of(ToolDescriptor.named(tool).build(), call -> ToolResult.text("built in")));
            }
        };
    }

    /** Names of the tools that serve. */
    static List<String> toolNames(PluginSet set) {
        return set.plugins().stream()
                .flatMap(plugin -> plugin.tools().stream())
                .map(tool -> tool.description().name())
                .sorted()
                .toList();
    }

    static CatalogTool tool(PluginSet set, String name) {
        return set.plugins().stream()
                .flatMap(plugin -> plugin.tools().stream())
                .filter(tool -> tool.description().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static LoadedPlugin plugin(PluginSet set, String id) {
        return set.plugins().stream()
                .filter(plugin -> plugin.identity().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What a tool of a tiny plugin answers; they do not look at the invocation. */
    static String answer(PluginSet set, String tool) throws Exception {
        return String.valueOf(
                tool(set, tool).tool().invoke(null).content().getFirst().value());
    }

    /** A built-in auth provider. */
    record Token(String name) implements AuthProvider {
        @Override
        public Kind kind() {
            return Kind.SHARED_SECRET;
        }

        @Override
        public Authenticator create(PluginContext context) {
            return request ->
                    AuthResult.abstained(dev.portcullis.gateway.api.auth.AuthFailure.missing("token_missing"));
        }
    }
}
