package dev.portcullis.gateway.testkit;

import dev.portcullis.gateway.api.auth.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of a tool as some client would send it. Immutable: each method that says more returns another call.
 *
 * <p>Unless it says otherwise a call comes from this machine and from the operator, with
 * {@linkplain Principal#operator() the operator's scopes}, in the main session.
 */
public final class ToolCall {
    private final Map<String, Object> fields;
    private final Map<String, List<String>> headers;
    private final Optional<Principal> caller;
    private final String address;

    private ToolCall(
            Map<String, Object> fields, Map<String, List<String>> headers, Optional<Principal> caller, String address) {
        this.fields = fields;
        this.headers = headers;
        this.caller = caller;
        this.address = address;
    }

    /**
     * A call without arguments.
     *
     * @param tool name of the tool; need not be one that exists
     * @return the call
     */
    public static ToolCall of(String tool) {
        return of(tool, Map.of());
    }

    /**
     * A call with arguments.
     *
     * @param tool name of the tool; need not be one that exists
     * @param arguments what JSON can hold: texts, numbers, booleans, nulls, lists and maps of them; copied
     * @return the call
     */
    public static ToolCall of(String tool, Map<String, ?> arguments) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("tool", tool);
        fields.put("args", new LinkedHashMap<String, Object>(arguments));
        return new ToolCall(fields, Map.of(), Optional.of(Principal.operator()), "127.0.0.1");
    }

    /**
     * The same call from somebody else, as if an auth provider had admitted them.
     *
     * @param principal whom it is from, with exactly these scopes
     * @return another call
     */
    public ToolCall as(Principal principal) {
        return new ToolCall(fields, headers, Optional.of(principal), address);
    }

    /**
     * The same call from nobody in particular: what its headers hold has to convince one of the auth providers under
     * test. Without one it is answered with 401.
     *
     * @return another call
     */
    public ToolCall asStranger() {
        return new ToolCall(fields, headers, Optional.empty(), address);
    }

    /**
     * The same call with a header more.
     *
     * @param name in any case
     * @param value as sent
     * @return another call
     */
    public ToolCall header(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, values);
        return new ToolCall(fields, more, caller, address);
    }

    /**
     * The same call with a bearer credential, from a stranger.
     *
     * @param credential what follows {@code Bearer}
     * @return another call
     */
    public ToolCall bearer(String credential) {
        return asStranger().header("Authorization", "Bearer " + credential);
    }

    /**
     * The same call in another session.
     *
     * @param key such as {@code agent:main:notes}
     * @return another call
     */
    public ToolCall inSession(String key) {
        return with("sessionKey", key);
    }

    /**
     * The same call with the field {@code action}, which becomes an argument of a tool that has one of that name.
     *
     * @param action the value
     * @return another call
     */
    public ToolCall action(String action) {
        return with("action", action);
    }

    /**
     * The same call from another address.
     *
     * @param literal an IPv4 or IPv6 address
     * @return another call
     */
    public ToolCall from(String literal) {
        return new ToolCall(fields, headers, caller, literal);
    }

    private ToolCall with(String field, String value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new ToolCall(more, headers, caller, address);
    }

    Map<String, Object> fields() {
        return fields;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    Optional<Principal> caller() {
        return caller;
    }

    String address() {
        return address;
    }

    /**
     * For messages of tests.
     *
     * @return the tool's name; neither arguments nor headers
     */
    @Override
    public String toString() {
        return "ToolCall[" + fields.get("tool") + "]";
    }
}
