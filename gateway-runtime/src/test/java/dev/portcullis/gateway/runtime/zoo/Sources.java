package dev.portcullis.gateway.runtime.zoo;

import dev.portcullis.gateway.runtime.plugin.TinyPlugins;

/** Java of broken plugins. Everything is in a package of the plugin's own, so that all of them can be loaded at once. */
final class Sources {
    static final String SERVICE = "META-INF/services/dev.portcullis.gateway.api.tool.ToolProvider";
    private static final String IMPORTS = """
            import dev.portcullis.gateway.api.auth.*;
            import dev.portcullis.gateway.api.plugin.*;
            import dev.portcullis.gateway.api.policy.*;
            import dev.portcullis.gateway.api.tool.*;
            import java.util.*;
            """;

    private Sources() {}

    /** A module {@code zoo.<name>} whose tool provider has a name and makes its tools so. */
    static TinyPlugins.Source provider(TinyPlugins tiny, String name, String nameExpression, String tools) {
        return provider(tiny, name, nameExpression, tools, "");
    }

    /** @param more members of the provider */
    static TinyPlugins.Source provider(
            TinyPlugins tiny, String name, String nameExpression, String tools, String more) {
        return tiny.source()
                .module(
                        "zoo." + name,
                        "provides dev.portcullis.gateway.api.tool.ToolProvider with zoo." + name + ".Tools;")
                .type("zoo." + name + ".Tools", toolProvider(nameExpression, tools, more));
    }

    static String toolProvider(String nameExpression, String tools, String more) {
        return IMPORTS + "public class Tools implements ToolProvider { public String name() { return " + nameExpression
                + "; } public List<Tool> tools(PluginContext context) throws Exception { " + tools + " } " + more
                + " static Tool tool(String name) { return Tool.of(ToolDescriptor.named(name).build(),"
                + " c -> ToolResult.none()); } }";
    }

    /** A plugin with one tool that runs statements; it has the name of the tool. */
    static TinyPlugins.Source tool(TinyPlugins tiny, String name, String statements) {
        return tool(tiny, name, statements, "");
    }

    static TinyPlugins.Source tool(TinyPlugins tiny, String name, String statements, String more) {
        return provider(
                tiny,
                name,
                "\"" + name + "\"",
                "return List.of(Tool.of(ToolDescriptor.named(\"" + name + "\").build(), call -> work(call)));",
                "ToolResult work(ToolInvocation call) throws Exception { " + statements + " } " + more);
    }

    /** A plugin without a module descriptor. */
    static TinyPlugins.Source plain(TinyPlugins tiny, String name, String tools) {
        return tiny.source()
                .type("zoo." + name + ".Tools", toolProvider("\"" + name + "\"", tools, ""))
                .entry(SERVICE, "zoo." + name + ".Tools")
                .attribute("Gateway-Api-Version", "1.0");
    }

    static TinyPlugins.Source auth(TinyPlugins tiny, String name, String nameExpression, String kind, String create) {
        return tiny.source()
                .module(
                        "zoo." + name,
                        "provides dev.portcullis.gateway.api.auth.AuthProvider with zoo." + name + ".Keys;")
                .type(
                        "zoo." + name + ".Keys",
                        IMPORTS + "public class Keys implements AuthProvider { public String name() { return "
                                + nameExpression + "; } public Kind kind() { return " + kind
                                + "; } public Authenticator create(PluginContext context) throws Exception { " + create
                                + " } }");
    }

    static TinyPlugins.Source policy(TinyPlugins tiny, String name, String nameExpression, String create) {
        return tiny.source()
                .module(
                        "zoo." + name,
                        "provides dev.portcullis.gateway.api.policy.PolicySourceProvider with zoo." + name + ".Rules;")
                .type(
                        "zoo." + name + ".Rules",
                        IMPORTS + "public class Rules implements PolicySourceProvider { public String name() { return "
                                + nameExpression
                                + "; } public PolicySource create(PluginContext context) throws Exception { " + create
                                + " } }");
    }
}
