package dev.portcullis.gateway.runtime.catalog;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to say of a tool, without the means to run it.
 *
 * @param provider name of the tool provider
 * @param pluginVersion of the module or jar it came in; empty if it has none
 * @param builtIn whether it came with the gateway
 * @param inputSchema JSON Schema as plain values
 * @param timeout what the tool asks for
 */
public record ToolDescription(
        String name,
        String description,
        String provider,
        String pluginVersion,
        boolean builtIn,
        Map<String, Object> inputSchema,
        Optional<Duration> timeout) {}
