package dev.portcullis.gateway.runtime.config;

import java.util.List;

/**
 * {@code gateway.tools}: what the operator takes from the HTTP deny list, and adds to it.
 *
 * @param allow exact names, as written
 * @param deny names, groups and patterns, as written
 */
public record HttpToolsConfig(List<String> allow, List<String> deny) {
    public HttpToolsConfig {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }
}
