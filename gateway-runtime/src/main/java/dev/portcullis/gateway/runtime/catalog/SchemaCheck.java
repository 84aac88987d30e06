package dev.portcullis.gateway.runtime.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** JSON Schema 2020-12 by the library, within bounds: of steps, of errors, of what regular expressions may read. */
final class SchemaCheck {
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new BoundedUniqueItems.Bounded())
            .build();

    private final Schema schema;
    private final boolean matches;

    /** One that found nothing and so holds nothing of a caller; others are made when it is taken. */
    private final AtomicReference<@Nullable Evaluation> idle = new AtomicReference<>();

    private SchemaCheck(Schema schema, boolean matches) {
        this.schema = schema;
        this.matches = matches;
    }

    private static final class Meta {
        static final SchemaCheck SCHEMA = new SchemaCheck(
                registry().getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId())), true);
    }

    /** @throws InvalidSchemaException if it is not valid 2020-12 */
    static SchemaCheck of(Map<String, Object> source) {
        try {
            List<Error> errors = Meta.SCHEMA.errors(source);
            if (!errors.isEmpty()) {
                Error first = errors.getFirst();
                throw new InvalidSchemaException("input schema is not valid JSON Schema 2020-12 at "
                        + ArgumentMessages.line(first.getInstanceLocation() + ": " + first.getMessage()));
            }
            Schema compiled = registry().getSchema(PlainJson.tree(source));
            compiled.initializeValidators();
            return new SchemaCheck(compiled, SchemaHazards.matches(source));
        } catch (InvalidSchemaException invalid) {
            throw invalid;
        } catch (InvalidArgumentsException tooMuch) {
            throw new InvalidSchemaException("input schema is too large to be checked", tooMuch);
        } catch (RuntimeException | StackOverflowError broken) {
            throw new InvalidSchemaException(
                    "input schema cannot be compiled: " + ArgumentMessages.line(String.valueOf(broken.getMessage())),
                    broken);
        }
    }

    /** One for each schema, so that no tool's {@code $id} reaches another's; remote references are never fetched. */
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                DIALECT,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false))
                        .schemaRegistryConfig(MatchBudget.CONFIG));
    }

    /**
     * What does not fit; empty if everything does.
     *
     * @throws InvalidArgumentsException if that takes more than is allowed to find out
     * @throws CheckInterruptedException if the thread is interrupted meanwhile
     */
    List<Error> errors(Map<String, Object> arguments) {
        Evaluation known = idle.getAndSet(null);
        Evaluation evaluation = known == null ? new Evaluation() : known;
        try {
            if (matches) {
                ScopedValue.where(MatchBudget.OF_CHECK, new MatchBudget()).run(() -> evaluate(evaluation, arguments));
            } else {
                evaluate(evaluation, arguments);
            }
        } catch (ValidationLimitExceededException tooMuch) {
            throw new InvalidArgumentsException("arguments take more than " + Evaluation.MOST_STEPS
                    + " steps to check against the schema of this tool; send less, or less deeply nested");
        } catch (MatchBudget.Spent tooMuch) {
            throw new InvalidArgumentsException("arguments take too long to match against a regular expression in the"
                    + " schema of this tool; send shorter texts");
        } catch (MatchBudget.Interrupted stopped) {
            throw new CheckInterruptedException();
        } catch (StackOverflowError tooDeep) {
            throw new InvalidArgumentsException(
                    "arguments are nested too deeply, or a text is too long, for the schema of this tool");
        }
        List<Error> errors = evaluation.getErrors();
        if (errors.isEmpty() && evaluation.reusable()) {
            idle.set(evaluation);
        }
        return errors;
    }

    private void evaluate(Evaluation evaluation, Map<String, Object> arguments) {
        schema.validate(evaluation, PlainJson.view(arguments));
    }
}
