package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.Authenticator;
import dev.portcullis.gateway.api.policy.PolicySource;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.auth.NamedAuthenticator;
import dev.portcullis.gateway.runtime.catalog.CatalogTool;
import dev.portcullis.gateway.runtime.catalog.InvalidSchemaException;
import dev.portcullis.gateway.runtime.policy.NamedPolicySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One provider on its way from construction to close: every call into it while the plugin is loaded is made here. */
final class ProviderInstance {
    private static final System.Logger LOG = System.getLogger(ProviderInstance.class.getName());
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final int MAX_TOOLS = 1_000;

    private final ProviderKind kind;
    private final AutoCloseable provider;
    private final ClassLoader loader;
    private final Duration limit;
    private String name = "";
    private @Nullable RuntimePluginContext context;
    private boolean stuck;
    private volatile boolean closed;
    private List<CatalogTool> tools = List.of();
    private Optional<NamedAuthenticator> authenticator = Optional.empty();
    private Optional<NamedPolicySource> policySource = Optional.empty();

    ProviderInstance(ProviderKind kind, AutoCloseable provider, ClassLoader loader, Duration limit) {
        this.kind = kind;
        this.provider = provider;
        this.loader = loader;
        this.limit = limit;
    }

    ProviderKind kind() {
        return kind;
    }

    Class<?> type() {
        return provider.getClass();
    }

    Module module() {
        return type().getModule();
    }

    /** Empty before {@link #askName()}. */
    String name() {
        return name;
    }

    List<CatalogTool> tools() {
        return tools;
    }

    Optional<NamedAuthenticator> authenticator() {
        return authenticator;
    }

    Optional<NamedPolicySource> policySource() {
        return policySource;
    }

    List<String> unusedKeys() {
        return context == null ? List.of() : context.unusedKeys();
    }

    void askName() throws RefusedException {
        @Nullable
        String given = call(className() + ".name()", () -> switch (kind) {
            case TOOL -> ((ToolProvider) provider).name();
            case AUTH -> ((AuthProvider) provider).name();
            case POLICY -> ((PolicySourceProvider) provider).name();
        });
        if (given == null) {
            throw nullFrom("name()");
        }
        if (!NAME.matcher(given).matches()) {
            throw new RefusedException(
                    "The " + kind.words() + " " + className() + " calls itself \"" + given
                            + "\", which is not a valid name.",
                    "Use lower-case letters, digits and '-', a letter first, at most 64 characters.");
        }
        name = given;
    }

    /** Makes what the provider is for. */
    void create(RuntimePluginContext made, PluginIdentity plugin, Set<String> services) throws RefusedException {
        context = made;
        switch (kind) {
            case TOOL -> tools = tools((ToolProvider) provider, made, plugin, services);
            case AUTH -> authenticator = Optional.of(authenticator((AuthProvider) provider, made, plugin));
            case POLICY -> {
                @Nullable
                PolicySource source =
                        call(className() + ".create(…)", () -> ((PolicySourceProvider) provider).create(made));
                if (source == null) {
                    throw nullFrom("create(…)");
                }
                policySource =
                        Optional.of(new NamedPolicySource(name, OwnLoader.answering(name, source, loader, this::open)));
            }
        }
    }

    private NamedAuthenticator authenticator(AuthProvider auth, RuntimePluginContext made, PluginIdentity plugin)
            throws RefusedException {
        AuthProvider.@Nullable Kind declared = call(className() + ".kind()", auth::kind);
        if (declared == null) {
            throw nullFrom("kind()");
        }
        @Nullable Authenticator created = call(className() + ".create(…)", () -> auth.create(made));
        if (created == null) {
            throw nullFrom("create(…)");
        }
        return new NamedAuthenticator(
                name,
                declared,
                OwnLoader.authenticating(name, created, loader, this::open),
                plugin.origin() != PluginOrigin.BUILT_IN);
    }

    private List<CatalogTool> tools(
            ToolProvider toolProvider, RuntimePluginContext made, PluginIdentity plugin, Set<String> services)
            throws RefusedException {
        @Nullable
        List<@Nullable Tool> given = call(className() + ".tools(…)", () -> {
            @Nullable List<Tool> list = toolProvider.tools(made);
            return list == null ? null : new ArrayList<@Nullable Tool>(list); // the list is foreign code too
        });
        if (given == null) {
            throw nullFrom("tools(…)");
        }
        if (given.size() > MAX_TOOLS) {
            throw new RefusedException(
                    className() + ".tools(…) returned " + given.size() + " tools, more than " + MAX_TOOLS + ".",
                    "Offer fewer tools, or one tool with an argument that selects.");
        }
        Map<String, CatalogTool> byName = new HashMap<>();
        List<CatalogTool> catalogued = new ArrayList<>();
        for (@Nullable Tool tool : given) {
            if (tool == null) {
                throw new RefusedException(
                        className() + ".tools(…) returned a list with a null in it, which its contract excludes.",
                        "This is a fault of the plugin: tell its author.");
            }
            CatalogTool entry = catalogued(tool, plugin, services);
            if (byName.put(entry.description().name(), entry) != null) {
                throw new RefusedException(
                        className() + " offers two tools named \""
                                + entry.description().name() + "\".",
                        "Tool names must be unique: this is a fault of the plugin, tell its author.");
            }
            catalogued.add(entry);
        }
        return List.copyOf(catalogued);
    }

    private CatalogTool catalogued(Tool tool, PluginIdentity plugin, Set<String> services) throws RefusedException {
        @Nullable ToolDescriptor descriptor = call("A tool's descriptor()", tool::descriptor);
        if (descriptor == null) {
            throw nullFrom("descriptor() of a tool");
        }
        try {
            CatalogTool entry = CatalogTool.of(
                    tool,
                    descriptor,
                    name,
                    plugin.version().orElse(""),
                    plugin.origin() == PluginOrigin.BUILT_IN,
                    services,
                    loader,
                    PluginDiagnosis::ofCall,
                    this::open);
            warnOfHazards(entry);
            return entry;
        } catch (InvalidSchemaException e) {
            throw new RefusedException(
                    new Refusal(
                            "Tool \"" + descriptor.name() + "\": " + e.getMessage() + ".",
                            "Correct the tool's input schema: this is a fault of the plugin, tell its author."),
                    e);
        }
    }

    private void warnOfHazards(CatalogTool tool) {
        tool.hazards().ifPresent(text -> LOG.log(System.Logger.Level.WARNING, () -> "Plugin " + name + ": " + text));
    }

    private <T> @Nullable T call(String what, Callable<@Nullable T> call) throws RefusedException {
        try {
            return LoadThread.call("plugin-load-" + (name.isEmpty() ? className() : name), loader, limit, call);
        } catch (InterruptedException e) {
            throw new RefusedException(new Refusal("The start was interrupted.", "Start the gateway again."), e);
        } catch (Throwable e) {
            stuck |= e instanceof LoadThread.LateException late && late.abandoned();
            throw new RefusedException(PluginDiagnosis.explain(what, e), e);
        }
    }

    private RefusedException nullFrom(String method) {
        return new RefusedException(
                className() + ": " + method + " returned null, which its contract excludes.",
                "This is a fault of the plugin: tell its author.");
    }

    private String className() {
        return provider.getClass().getName();
    }

    private boolean open() {
        return !closed;
    }

    /** Ends background work, then the provider. Never throws. */
    void close() {
        closed = true;
        if (context != null) {
            context.shutDown();
        }
        if (stuck) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Plugin {0} is not closed: one of its threads is still in {1}",
                    name,
                    className());
            return; // its contract promises one thread at a time
        }
        try {
            LoadThread.call("plugin-close-" + name, loader, limit, () -> {
                provider.close();
                return true;
            });
        } catch (Throwable e) {
            Refusal refusal = PluginDiagnosis.explain("close() of " + className(), e);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Plugin {0} is let go all the same. {1} {2}",
                    name.isEmpty() ? className() : name,
                    refusal.why(),
                    refusal.remedy());
            LOG.log(System.Logger.Level.DEBUG, "close() of " + className(), e);
        }
    }
}
