package dev.portcullis.gateway.runtime.ws;

import dev.portcullis.gateway.api.auth.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The methods by name, each with the scope it needs. */
final class Methods {
    /** Answers a request, or throws an {@link RpcException}. */
    interface Handler {
        @Nullable
        Object answer(Request request);
    }

    /** A method. */
    record Method(Scope scope, Handler handler) {}

    private final Map<String, Method> byName = new LinkedHashMap<>();

    Methods read(String name, Handler handler) {
        byName.put(name, new Method(Scope.READ, handler));
        return this;
    }

    Methods write(String name, Handler handler) {
        byName.put(name, new Method(Scope.WRITE, handler));
        return this;
    }

    Optional<Method> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
