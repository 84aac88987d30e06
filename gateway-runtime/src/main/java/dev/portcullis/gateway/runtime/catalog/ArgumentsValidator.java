package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.Error;
import dev.portcullis.gateway.api.tool.Arguments;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks arguments against one input schema, after coercing what can be coerced without loss. */
public final class ArgumentsValidator {
    private final Map<String, Object> source;
    private final Coercion coercion;
    private final ArgumentMessages messages;
    private final List<String> hazards;
    private final boolean takesAction;
    private volatile @Nullable SchemaCheck schema;

    private ArgumentsValidator(Map<String, Object> source, List<String> hazards, @Nullable SchemaCheck schema) {
        this.source = source;
        this.hazards = hazards;
        this.schema = schema;
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
        // first: it says more of a regular expression that is none than the library, and on one line
        List<String> hazards = SchemaHazards.of(schema);
        return new ArgumentsValidator(schema, hazards, SchemaCheck.of(schema));
    }

    /**
     * Of a schema that ships with the gateway, and that its own tests compile: the library is loaded when it is first asked
     * for.
     *
     * @param schema plain values
     */
    public static ArgumentsValidator trusting(Map<String, Object> schema) {
        return new ArgumentsValidator(schema, List.of(), null);
    }

    /** What of the schema lets a small call make much work: a line each, for its author. */
    public List<String> hazards() {
        return hazards;
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
     * @throws InvalidArgumentsException if they do not fit, or take too much to find out
     * @throws CheckInterruptedException if the thread is interrupted meanwhile
     */
    public Arguments check(Map<String, Object> arguments) {
        Map<String, Object> coerced = coercion.apply(arguments);
        List<Error> errors = schema().errors(coerced);
        if (!errors.isEmpty()) {
            throw new InvalidArgumentsException(messages.describe(errors));
        }
        return new CheckedArguments(coerced, "");
    }

    /** Made twice if two need it first at once, which does no harm. */
    private SchemaCheck schema() {
        SchemaCheck known = schema;
        if (known == null) {
            try {
                known = SchemaCheck.of(source);
            } catch (InvalidSchemaException failed) {
                // a caller that left meanwhile says nothing about the schema
                throw failed.getCause() instanceof CheckInterruptedException interrupted ? interrupted : failed;
            }
            schema = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "ArgumentsValidator" + source;
    }
}
