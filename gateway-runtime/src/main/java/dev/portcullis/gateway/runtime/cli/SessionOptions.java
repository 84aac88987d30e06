package dev.portcullis.gateway.runtime.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which context a tool is asked for. */
final class SessionOptions {
    @Option(names = "--session", paramLabel = "KEY", description = "Session key (default: the main session).")
    @Nullable
    String key;

    @Option(names = "--agent", paramLabel = "ID", description = "Agent, if the session key names none.")
    @Nullable
    String agent;

    @Option(names = "--channel", paramLabel = "ID", description = "Messaging channel, such as telegram.")
    @Nullable
    String channel;

    @Option(names = "--account", paramLabel = "ID", description = "Account of the channel.")
    @Nullable
    String account;

    Map<String, String> body() {
        return present("sessionKey", key, "agentId", agent);
    }

    Map<String, String> headers() {
        return present("x-openclaw-message-channel", channel, "x-openclaw-account-id", account);
    }

    Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>(body());
        query.putAll(present("channel", channel, "account", account));
        return query;
    }

    private static Map<String, String> present(
            String first, @Nullable String one, String second, @Nullable String other) {
        Map<String, String> values = new LinkedHashMap<>();
        if (one != null) {
            values.put(first, one);
        }
        if (other != null) {
            values.put(second, other);
        }
        return values;
    }
}
