package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.api.policy.PolicySource;

/** A plugin's policy source with the provider's name, which prefixes its labels. */
public record NamedPolicySource(String name, PolicySource source) {}
