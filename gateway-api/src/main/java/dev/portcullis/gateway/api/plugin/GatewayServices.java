package dev.portcullis.gateway.api.plugin;

import dev.portcullis.gateway.api.Experimental;
import dev.portcullis.gateway.api.tool.ToolResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway lends to one invocation, bound to its principal, its session and what that session may see. Implemented
 * by the gateway; not valid after the invocation ended.
 *
 * <p>Built-in tools have all of it. A plugin in the plugins folder has only what {@code plugins.entries.<name>.services}
 * lists; asking for another service throws {@link IllegalStateException}, which names the configuration line.
 */
@Experimental(since = "1.0")
public interface GatewayServices {
    /**
     * Sessions and the agents they belong to.
     *
     * @return the service named {@code sessions}
     * @throws IllegalStateException if the plugin was not granted it
     */
    Sessions sessions();

    /**
     * Runs another tool, on behalf of the same principal and session, under the same decision.
     *
     * @return the service named {@code invoker}
     * @throws IllegalStateException if the plugin was not granted it
     */
    Invoker invoker();

    /**
     * The gateway's configuration, secrets removed.
     *
     * @return the service named {@code config}
     * @throws IllegalStateException if the plugin was not granted it
     */
    ConfigView config();

    /** Sessions that the invocation's session may see. */
    interface Sessions {
        /**
         * The visible sessions, last active first.
         *
         * @return an immutable list
         */
        List<Session> list();

        /**
         * One session.
         *
         * @param key a session key; {@code main} and {@code current} are understood
         * @return empty if there is none, or the invocation may not see it
         * @throws dev.portcullis.gateway.api.tool.ToolInputException if the key is malformed
         */
        Optional<Session> find(String key);

        /**
         * What was said in a session, oldest first.
         *
         * @param key a canonical key of a visible session
         * @param limit how many of the last messages, at least 1
         * @return the messages; none if the session is unknown or not visible
         */
        List<Message> transcript(String key, int limit);

        /**
         * The configured agents.
         *
         * @return at least one
         */
        List<Agent> agents();
    }

    /** A session as it stands. Immutable. */
    interface Session {
        /**
         * The canonical key.
         *
         * @return for instance {@code agent:main:main}
         */
        String key();

        /**
         * The agent that owns it.
         *
         * @return the agent id
         */
        String agentId();

        /**
         * What sort of session it is.
         *
         * @return {@code main}, {@code group}, {@code cron}, {@code hook}, {@code node} or {@code other}
         */
        String kind();

        /**
         * The channel it belongs to.
         *
         * @return a channel id, if any
         */
        Optional<String> channel();

        /**
         * When it was first used.
         *
         * @return an instant
         */
        Instant createdAt();

        /**
         * When it was last used.
         *
         * @return an instant
         */
        Instant lastActivityAt();

        /**
         * How many messages its transcript has.
         *
         * @return zero or more
         */
        long messageCount();
    }

    /** One entry of a transcript. Immutable. */
    interface Message {
        /**
         * Who said it.
         *
         * @return for instance {@code user} or {@code assistant}
         */
        String role();

        /**
         * What was said.
         *
         * @return plain text
         */
        String text();

        /**
         * When.
         *
         * @return an instant
         */
        Instant at();
    }

    /** An agent. Immutable. */
    interface Agent {
        /**
         * The id.
         *
         * @return for instance {@code main}
         */
        String id();

        /**
         * The display name.
         *
         * @return if configured
         */
        Optional<String> name();

        /**
         * Whether the configuration names it.
         *
         * @return false for an agent that only a session key names
         */
        boolean configured();
    }

    /** Runs another tool. */
    interface Invoker {
        /**
         * Decides, checks the arguments and runs the tool, as for a request of the same principal in the same session. At
         * most eight invocations may be nested.
         *
         * @param tool the tool's name
         * @param arguments plain values
         * @return its result
         * @throws dev.portcullis.gateway.api.tool.ToolInputException if the tool does not exist, is not allowed, or refuses
         *     the arguments
         * @throws dev.portcullis.gateway.api.tool.ToolAuthorizationException if the tool refuses this principal
         * @throws IllegalStateException if the tool failed or was late
         */
        ToolResult invoke(String tool, Map<String, ?> arguments);
    }

    /** The configuration, secrets removed. */
    interface ConfigView {
        /**
         * The value at a path.
         *
         * @param path dot-separated; empty for the whole
         * @return a plain value, or null if there is none
         */
        @Nullable
        Object get(String path);

        /**
         * Identifies the content of the configuration.
         *
         * @return a hash, hexadecimal
         */
        String hash();

        /**
         * Where the configuration was read from.
         *
         * @return a path, or a text such as {@code built-in defaults}
         */
        String source();
    }
}
