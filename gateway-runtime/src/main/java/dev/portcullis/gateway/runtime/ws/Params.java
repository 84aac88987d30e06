package dev.portcullis.gateway.runtime.ws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object that a client sent, read by name and type. What does not fit is said in the reference gateway's words. */
final class Params {
    private static final int LONGEST_NAME = 64;

    private final String what;
    private final String path;
    private final Map<?, ?> values;

    private Params(String what, String path, Map<?, ?> values) {
        this.what = what;
        this.path = path;
        this.values = values;
    }

    /**
     * @param what begins each message, such as {@code invalid tools.invoke params}
     * @param sent an object, or null for an empty one
     */
    static Params of(String what, @Nullable Object sent) {
        return switch (sent) {
            case null -> new Params(what, "", Map.of());
            case Map<?, ?> map -> new Params(what, "", map);
            default -> throw RpcException.invalid(what + ": at root: must be object");
        };
    }

    /** Refuses every property that is not one of these. */
    Params only(Set<String> known) {
        List<String> unexpected = new ArrayList<>();
        for (Object name : values.keySet()) {
            if (!known.contains(String.valueOf(name)) && unexpected.size() < 5) {
                unexpected.add("at " + (path.isEmpty() ? "root" : path) + ": unexpected property '"
                        + shortened(String.valueOf(name)) + "'");
            }
        }
        if (!unexpected.isEmpty()) {
            throw RpcException.invalid(what + ": " + String.join("; ", unexpected));
        }
        return this;
    }

    Optional<String> text(String name) {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw wrong(name, "must be string");
        };
    }

    String requiredText(String name) {
        if (!values.containsKey(name)) {
            throw missing(name);
        }
        String text = text(name).orElseThrow(() -> wrong(name, "must be string"));
        if (text.isBlank()) {
            throw wrong(name, "must NOT have fewer than 1 characters");
        }
        return text;
    }

    Optional<Boolean> flag(String name) {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case Boolean flag -> Optional.of(flag);
            default -> throw wrong(name, "must be boolean");
        };
    }

    /** A whole number within bounds; the default if it is absent. */
    long number(String name, long least, long most, long otherwise) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Long number)) {
            throw wrong(name, "must be integer");
        }
        if (number < least) {
            throw wrong(name, "must be >= " + least);
        }
        if (number > most) {
            throw wrong(name, "must be <= " + most);
        }
        return number;
    }

    long requiredNumber(String name, long least) {
        if (!values.containsKey(name)) {
            throw missing(name);
        }
        return number(name, least, Integer.MAX_VALUE, least);
    }

    Optional<List<String>> texts(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            throw wrong(name, "must be array of strings");
        }
        return Optional.of(list.stream().map(String.class::cast).toList());
    }

    Optional<Params> object(String name) {
        return switch (values.get(name)) {
            case null -> Optional.empty();
            case Map<?, ?> map -> Optional.of(new Params(what, path + "/" + name, map));
            default -> throw wrong(name, "must be object");
        };
    }

    Params requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name));
    }

    /** A map of plain values; empty if it is absent. */
    @SuppressWarnings("unchecked") // names in JSON are text
    Map<String, Object> plain(String name) {
        return object(name).map(params -> (Map<String, Object>) params.values).orElseGet(Map::of);
    }

    private RpcException missing(String name) {
        return RpcException.invalid(what + ": " + (path.isEmpty() ? "" : "at " + path + ": ")
                + "must have required property '" + name + "'");
    }

    private RpcException wrong(String name, String rule) {
        return RpcException.invalid(what + ": at " + path + "/" + name + ": " + rule);
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME) + "…";
    }
}
