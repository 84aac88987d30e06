package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.tool.Arguments;
import dev.portcullis.gateway.api.tool.ToolInputException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Arguments as if they had been checked. */
record FakeArguments(Map<String, Object> asMap) implements Arguments {
    @Override
    public boolean has(String name) {
        return asMap.get(name) != null;
    }

    @Override
    public String string(String name) {
        return optionalString(name).orElseThrow(() -> new ToolInputException(name + " required"));
    }

    @Override
    public Optional<String> optionalString(String name) {
        return Optional.ofNullable((String) asMap.get(name));
    }

    @Override
    public long integer(String name) {
        return optionalInteger(name).orElseThrow();
    }

    @Override
    public Optional<Long> optionalInteger(String name) {
        return Optional.ofNullable((Number) asMap.get(name)).map(Number::longValue);
    }

    @Override
    public BigDecimal number(String name) {
        return optionalNumber(name).orElseThrow();
    }

    @Override
    public Optional<BigDecimal> optionalNumber(String name) {
        return optionalInteger(name).map(BigDecimal::valueOf);
    }

    @Override
    public boolean flag(String name) {
        return Boolean.TRUE.equals(asMap.get(name));
    }

    @Override
    public List<String> strings(String name) {
        return asMap.get(name) instanceof List<?> list
                ? list.stream().map(String.class::cast).toList()
                : List.of();
    }

    @Override
    public Optional<Arguments> object(String name) {
        return Optional.empty();
    }
}
