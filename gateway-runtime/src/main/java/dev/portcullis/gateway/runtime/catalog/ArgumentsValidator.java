package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.Error;
import dev.portcullis.gateway.api.tool.Arguments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks arguments against one input schema, after coercing what can be coerced without loss. What is quickly seen to fit never
 * meets the library of schemas, and neither does a schema that is quickly seen to be valid until something does not fit.
 */
public final class ArgumentsValidator {
    private final Map<String, Object> source;
    private final Optional<SureFit> sureFit;
    private final Coercion coercion;
    private final ArgumentMessages messages;
    private final boolean takesAction;
    private volatile @Nullable FullCheck full;

    private ArgumentsValidator(Map<String, Object> source) {
        this.source = source;
        this.sureFit = SureFit.of(source);
        this.full = sureFit.isPresent() ? null : FullCheck.ofUnknown(source);
        this.coercion = Coercion.of(source);
        this.messages = new ArgumentMessages(source);
        this.takesAction = source.get("properties") instanceof Map<?, ?> properties && properties.containsKey("action");
    }

    /**
     * Compiles a schema.
     *
     * @param schema plain values
     * @throws InvalidSchemaException if it is not valid 2020-12
     */
    public static ArgumentsValidator compile(Map<String, Object> schema) {
        return new ArgumentsValidator(schema);
    }

    /** Whether the schema has a top-level property named {@code action}. */
    public boolean takesAction() {
        return takesAction;
    }

    /**
     * Coerces and checks.
     *
     * @param arguments plain values as sent
     * @return what the tool gets
     * @throws InvalidArgumentsException if they do not fit
     */
    public Arguments check(Map<String, Object> arguments) {
        Map<String, Object> coerced = coercion.apply(arguments);
        if (sureFit.isPresent() && sureFit.get().surely(coerced)) {
            return new CheckedArguments(coerced, "");
        }
        List<Error> errors = full().errors(coerced);
        if (!errors.isEmpty()) {
            throw new InvalidArgumentsException(messages.describe(errors));
        }
        return new CheckedArguments(coerced, "");
    }

    /** Made twice if two need it first at once, which harms nobody. */
    private FullCheck full() {
        FullCheck known = full;
        if (known == null) {
            known = FullCheck.ofValid(source);
            full = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "ArgumentsValidator" + source;
    }
}
