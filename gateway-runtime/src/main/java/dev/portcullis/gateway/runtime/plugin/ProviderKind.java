package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;

/** The three services, in the order in which their providers are created: who decides comes before who does. */
enum ProviderKind {
    POLICY(PolicySourceProvider.class, "policy source"),
    AUTH(AuthProvider.class, "auth provider"),
    TOOL(ToolProvider.class, "tool provider");

    private final Class<? extends AutoCloseable> service;
    private final String words;

    ProviderKind(Class<? extends AutoCloseable> service, String words) {
        this.service = service;
        this.words = words;
    }

    Class<? extends AutoCloseable> service() {
        return service;
    }

    String words() {
        return words;
    }
}
