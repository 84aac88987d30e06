package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.runtime.auth.AuthenticationChain;
import dev.portcullis.gateway.runtime.auth.IngressAttribution;
import dev.portcullis.gateway.runtime.catalog.ToolCatalog;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.policy.PolicyEngine;
import dev.portcullis.gateway.runtime.session.SessionResolver;

/** One world: what a request reads once and keeps to the end. Replaced as a whole. */
public record Snapshot(
        GatewayConfig config,
        IngressAttribution ingress,
        AuthenticationChain authentication,
        SessionResolver sessions,
        PolicyEngine policy,
        ToolCatalog catalog) {}
