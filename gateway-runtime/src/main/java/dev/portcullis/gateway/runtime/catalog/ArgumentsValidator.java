package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.portcullis.gateway.api.tool.Arguments;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Checks arguments against one compiled input schema, after coercing what can be coerced without loss. Immutable. */
public final class ArgumentsValidator {
    private static final Schema META_SCHEMA =
            registry().getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    private final Map<String, Object> source;
    private final Schema schema;
    private final Optional<SureFit> sureFit;
    private final Coercion coercion;
    private final ArgumentMessages messages;
    private final boolean takesAction;

    private ArgumentsValidator(Map<String, Object> source, Schema schema) {
        this.source = source;
        this.schema = schema;
        this.sureFit = SureFit.of(source);
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
        JsonNode node = PlainJson.toNode(schema);
        try {
            List<Error> errors = META_SCHEMA.validate(node);
            if (!errors.isEmpty()) {
                Error first = errors.getFirst();
                throw new InvalidSchemaException("input schema is not valid JSON Schema 2020-12 at "
                        + first.getInstanceLocation() + ": " + first.getMessage());
            }
            Schema compiled = registry().getSchema(node);
            compiled.initializeValidators();
            return new ArgumentsValidator(schema, compiled);
        } catch (InvalidSchemaException invalid) {
            throw invalid;
        } catch (RuntimeException broken) {
            throw new InvalidSchemaException("input schema cannot be compiled: " + broken.getMessage(), broken);
        }
    }

    /** One for each schema, so that no tool's {@code $id} reaches another's; remote references are never fetched. */
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
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
        List<Error> errors = schema.validate(PlainJson.toNode(coerced));
        if (!errors.isEmpty()) {
            throw new InvalidArgumentsException(messages.describe(errors));
        }
        return new CheckedArguments(coerced, "");
    }

    @Override
    public String toString() {
        return "ArgumentsValidator" + source;
    }
}
