package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;

/** The whole of JSON Schema 2020-12, by a library that takes its time to load. */
final class FullCheck {
    private final Schema schema;

    private FullCheck(Schema schema) {
        this.schema = schema;
    }

    private static final class Meta {
        static final Schema SCHEMA =
                registry().getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    }

    /** @throws InvalidSchemaException if it is not valid 2020-12 */
    static FullCheck ofUnknown(Map<String, Object> schema) {
        try {
            List<Error> errors = Meta.SCHEMA.validate(PlainJson.toNode(schema));
            if (!errors.isEmpty()) {
                Error first = errors.getFirst();
                throw new InvalidSchemaException("input schema is not valid JSON Schema 2020-12 at "
                        + first.getInstanceLocation() + ": " + first.getMessage());
            }
            return ofValid(schema);
        } catch (InvalidSchemaException invalid) {
            throw invalid;
        } catch (RuntimeException broken) {
            throw new InvalidSchemaException("input schema cannot be compiled: " + broken.getMessage(), broken);
        }
    }

    static FullCheck ofValid(Map<String, Object> schema) {
        Schema compiled = registry().getSchema(PlainJson.toNode(schema));
        compiled.initializeValidators();
        return new FullCheck(compiled);
    }

    /** One for each schema, so that no tool's {@code $id} reaches another's; remote references are never fetched. */
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }

    /** What does not fit; empty if everything does. */
    List<Error> errors(Map<String, Object> arguments) {
        return schema.validate(PlainJson.toNode(arguments));
    }
}
