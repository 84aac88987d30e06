package dev.portcullis.gateway.runtime.catalog;

import dev.portcullis.gateway.api.tool.Tool;
import java.util.Optional;
import java.util.Set;

/** Tools of a plugin that is never closed, and of whose failures nobody knows more. */
public final class CatalogTools {
    private CatalogTools() {}

    public static CatalogTool of(Tool tool, String provider, String version) {
        return of(tool, provider, version, Set.of(), CatalogTools.class.getClassLoader());
    }

    public static CatalogTool of(Tool tool, String provider, String version, Set<String> services, ClassLoader loader) {
        return CatalogTool.of(
                tool,
                tool.descriptor(),
                provider,
                version,
                false,
                services,
                loader,
                fault -> Optional.empty(),
                () -> true);
    }
}
