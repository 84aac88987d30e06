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

    /** Sessions that the invocation's session may see. Keys are understood as a request's {@code sessionKey} is. */
    interface Sessions {
        /**
         * The session of the invocation itself.
         *
         * @return a session, which may not be kept
         */
        Session current();

        /**
         * The visible sessions that are kept, last active first.
         *
         * @return an immutable list
         */
        List<Session> list();

        /**
         * One session. The invocation's own session and the main session of its agent are found even if they are not kept.
         *
         * @param key a session key; {@code main} and {@code current} are understood
         * @return empty if there is none, or the invocation may not see it
         * @throws dev.portcullis.gateway.api.tool.ToolInputException if the key is malformed
         */
        Optional<Session> find(String key);

        /**
         * Why the invocation may not see a session; says nothing about whether there is one.
         *
         * @param key a session key; {@code main} and {@code current} are understood
         * @param subject what is asked for, as the text shall name it: {@code history}, {@code status} …
         * @return a text for the caller; empty if it may
         * @throws dev.portcullis.gateway.api.tool.ToolInputException if the key is malformed
         */
        Optional<String> refusal(String key, String subject);

        /**
         * What was said in a session, oldest first.
         *
         * @param key a session key
         * @param limit how many of the last messages, at least 1
         * @return the messages; none if the session is not kept or not visible
         */
        default List<Message> transcript(String key, int limit) {
            return transcript(key, limit, 0);
        }

        /**
         * What was said in a session, oldest first, without the newest.
         *
         * @param key a session key
         * @param limit how many messages, at least 1
         * @param offset how many of the newest to leave out
         * @return the messages; none if the session is not kept or not visible
         */
        List<Message> transcript(String key, int limit, int offset);

        /**
         * Messages of visible sessions that contain every word of a query, newest first. Case does not matter.
         *
         * @param query words
         * @param key the session to look at; empty for all
         * @param limit how many to find, at least 1
         * @return what was found
         */
        List<Match> search(String query, Optional<String> key, int limit);

        /**
         * What the invocation may see, for telling the caller.
         *
         * @return a mode and what follows from it
         */
        Visibility visibility();

        /**
         * The configured agents, and the agent of the invocation if it is none of them.
         *
         * @return at least one
         */
        List<Agent> agents();

        /**
         * The agents that the invocation's agent may hand work to, itself first.
         *
         * @return at least one
         */
        List<Agent> targets();

        /**
         * Whether {@link #targets()} is unlimited.
         *
         * @return true if any agent may be named
         */
        boolean anyTarget();
    }

    /** Which sessions an invocation may see. Immutable. */
    interface Visibility {
        /**
         * The mode in force.
         *
         * @return {@code self}, {@code tree}, {@code agent} or {@code all}
         */
        String mode();

        /**
         * What is left out.
         *
         * @return a sentence for the caller; empty if nothing is
         */
        Optional<String> warning();
    }

    /** A message that was found. Immutable. */
    interface Match {
        /**
         * The session it was said in.
         *
         * @return a visible session
         */
        Session session();

        /**
         * The message.
         *
         * @return the whole message
         */
        Message message();
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
         * The key as callers see it.
         *
         * @return {@code main} for the main session of the invocation's agent, else the canonical key
         */
        String displayKey();

        /**
         * Identifies the session for ever: one that is deleted and created anew has another.
         *
         * @return empty if the session is not kept
         */
        Optional<String> sessionId();

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
         * Whether it is a subagent's.
         *
         * @return true if so
         */
        boolean subagent();

        /**
         * The channel that its key names.
         *
         * @return a channel id, if any
         */
        Optional<String> channel();

        /**
         * The name people gave it.
         *
         * @return a label, if any
         */
        Optional<String> label();

        /**
         * The session it is shown below.
         *
         * @return the canonical key, if there is one and it is visible
         */
        Optional<String> parentKey();

        /**
         * The model its agent is configured with.
         *
         * @return as configured, if it is
         */
        Optional<String> model();

        /**
         * When it was created.
         *
         * @return empty if the session is not kept
         */
        Optional<Instant> createdAt();

        /**
         * When it was last used.
         *
         * @return empty if the session is not kept
         */
        Optional<Instant> lastActivityAt();

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
         * The model it is configured with.
         *
         * @return as configured, if it is
         */
        Optional<String> model();

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
