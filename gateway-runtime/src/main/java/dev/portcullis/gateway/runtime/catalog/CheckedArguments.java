package dev.portcullis.gateway.runtime.catalog;

import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.ToolInputException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Arguments that passed their schema, behind the typed getters of the API.
 *
 * @param prefix path of this object within the arguments, with its dot; empty at the top
 */
record CheckedArguments(Map<String, Object> values, String prefix) implements Arguments {
    @Override
    public boolean has(String name) {
        return values.get(name) != null;
    }

    @Override
    public String string(String name) {
        return optionalString(name).orElseThrow(() -> missing(name));
    }

    @Override
    public Optional<String> optionalString(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw mustBe(name, "a string");
        };
    }

    @Override
    public long integer(String name) {
        return optionalInteger(name).orElseThrow(() -> missing(name));
    }

    @Override
    public Optional<Long> optionalInteger(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Long number -> Optional.of(number);
            case BigDecimal number -> Optional.of(exact(name, number));
            case Double number -> Optional.of(exact(name, BigDecimal.valueOf(number)));
            default -> throw mustBe(name, "an integer");
        };
    }

    private Long exact(String name, BigDecimal number) {
        try {
            return number.longValueExact();
        } catch (ArithmeticException fractionOrTooLarge) {
            throw mustBe(name, "an integer");
        }
    }

    @Override
    public BigDecimal number(String name) {
        return optionalNumber(name).orElseThrow(() -> missing(name));
    }

    @Override
    public Optional<BigDecimal> optionalNumber(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Long number -> Optional.of(BigDecimal.valueOf(number));
            case BigDecimal number -> Optional.of(number);
            case Double number -> Optional.of(BigDecimal.valueOf(number));
            default -> throw mustBe(name, "a number");
        };
    }

    @Override
    public boolean flag(String name) {
        return switch (value(name)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw mustBe(name, "true or false");
        };
    }

    @Override
    public List<String> strings(String name) {
        Object value = value(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw mustBe(name, "an array of strings");
    }

    @Override
    @SuppressWarnings("unchecked")
    public Optional<Arguments> object(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case Map<?, ?> map -> Optional.of(new CheckedArguments((Map<String, Object>) map, prefix + name + "."));
            default -> throw mustBe(name, "an object");
        };
    }

    @Override
    public Map<String, Object> asMap() {
        return values;
    }

    private @Nullable Object value(String name) {
        return values.get(name);
    }

    private ToolInputException missing(String name) {
        return new ToolInputException(prefix + name + " required");
    }

    private ToolInputException mustBe(String name, String what) {
        return new ToolInputException(prefix + name + " must be " + what);
    }

    /** Says which arguments there are and never what they hold. */
    @Override
    public String toString() {
        return "Arguments" + values.keySet();
    }
}
