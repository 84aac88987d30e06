package dev.portcullis.gateway.testkit;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.kit.Rehearsal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a test wants to have started. */
final class Plan {
    final List<ToolProvider> tools = new ArrayList<>();
    final List<AuthProvider> authenticators = new ArrayList<>();
    final List<PolicySourceProvider> policySources = new ArrayList<>();
    final List<String> extras = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final Map<String, Map<String, ?>> configs = new LinkedHashMap<>();
    final Map<String, List<String>> services = new LinkedHashMap<>();

    Rehearsal.Cast cast() {
        List<ToolProvider> all = new ArrayList<>(tools);
        if (!extras.isEmpty()) {
            all.add(new CallingCards(extras));
        }
        return new Rehearsal.Cast(all, authenticators, policySources);
    }

    /** HOCON holds JSON. */
    String configuration() {
        StringBuilder text = new StringBuilder();
        if (!authenticators.isEmpty()) {
            append(
                    text,
                    "gateway.auth.providers",
                    authenticators.stream().flatMap(Plan::name).toList());
        }
        configs.forEach((provider, values) -> append(text, entry(provider) + ".config", values));
        services.forEach((provider, granted) -> append(text, entry(provider) + ".services", granted));
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** One that cannot say its name is refused when it is loaded, in better words. */
    private static Stream<String> name(AuthProvider provider) {
        try {
            return Stream.ofNullable(provider.name());
        } catch (RuntimeException | LinkageError broken) {
            return Stream.empty();
        }
    }

    private static String entry(String provider) {
        return "plugins.entries." + Rehearsal.json(provider);
    }

    private static void append(StringBuilder text, String path, Object value) {
        text.append(path).append(" = ").append(Rehearsal.json(value)).append('\n');
    }
}
