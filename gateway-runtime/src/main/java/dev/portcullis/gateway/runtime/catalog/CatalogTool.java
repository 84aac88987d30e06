package dev.portcullis.gateway.runtime.catalog;

import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A tool with everything that was worked out when its snapshot was built.
 *
 * @param tool to be invoked by the executor alone
 * @param platformThread whether it asks for a thread of its own
 * @param services what the gateway lends to it
 * @param loader context class loader of its invocations
 * @param diagnosis what a failure of its code means and what to do about it, for the log, if whoever loaded it can tell
 * @param open whether its plugin is; a request may hold a tool longer than its plugin lives
 */
public record CatalogTool(
        Tool tool,
        ToolDescription description,
        ArgumentsValidator validator,
        boolean platformThread,
        Set<String> services,
        ClassLoader loader,
        Function<Throwable, Optional<String>> diagnosis,
        BooleanSupplier open) {
    /** Whoever asks for more asks for no limit, and eternity cannot be counted in nanoseconds. */
    private static final Duration LONGEST_WISH = Duration.ofDays(365);

    public CatalogTool {
        services = Set.copyOf(services);
    }

    /**
     * Compiles what a tool says of itself.
     *
     * @throws InvalidSchemaException if its input schema is none
     */
    public static CatalogTool of(
            Tool tool,
            ToolDescriptor descriptor,
            String provider,
            String pluginVersion,
            boolean builtIn,
            Set<String> services,
            ClassLoader loader,
            Function<Throwable, Optional<String>> diagnosis,
            BooleanSupplier open) {
        Map<String, Object> schema = descriptor.input().toMap();
        ToolDescription description = new ToolDescription(
                descriptor.name(),
                descriptor.description(),
                provider,
                pluginVersion,
                builtIn,
                schema,
                descriptor.timeout().map(wish -> wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish));
        return new CatalogTool(
                tool,
                description,
                builtIn ? ArgumentsValidator.trusting(schema) : ArgumentsValidator.compile(schema),
                descriptor.platformThread(),
                services,
                loader,
                diagnosis,
                open);
    }

    /** What of its schema lets a small call make much work, as a sentence for operators; empty if nothing does. */
    public Optional<String> hazards() {
        List<String> found = validator.hazards();
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("The input schema of tool " + description.name() + " lets a small call make much work: "
                        + String.join("; ", found)
                        + ". Checks are bounded, so such calls get 400; its author should bound or simplify it.");
    }
}
