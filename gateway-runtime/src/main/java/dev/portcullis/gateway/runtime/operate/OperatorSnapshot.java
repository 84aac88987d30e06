package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.SessionResolver;

/** What the gateway serves right now, as far as operators are shown it. */
public record OperatorSnapshot(
        GatewayConfig config, PolicyEngine policy, ToolCatalog catalog, SessionResolver sessions, PluginSet plugins) {}
