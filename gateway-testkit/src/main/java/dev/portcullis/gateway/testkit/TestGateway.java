package dev.portcullis.gateway.testkit;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.kit.Rehearsal;
import java.util.List;
import java.util.Map;

/**
 * A gateway for unit tests: everything a call goes through, and nothing around it. Providers are loaded by the rules for
 * plugins, calls are authenticated, decided about, checked, run with a deadline and answered by the code that does so in
 * production. There is no socket, no file, no built-in tool, no environment variable.
 *
 * <pre>{@code
 * try (TestGateway gateway = TestGateway.with(new WeatherTools())
 *         .config("weather", Map.of("service", "http://127.0.0.1:9090"))
 *         .start()) {
 *     Answer answer = gateway.invoke("weather_now", Map.of("city", "Oslo"));
 *
 *     assertEquals(Map.of("city", "Oslo", "celsius", -3L), answer.details());
 * }
 * }</pre>
 *
 * <p>What it promises:
 *
 * <ul>
 *   <li>the lifecycle of the API: {@code name()}, then {@code tools} or {@code create} once, {@code close()} once; a
 *       provider that breaks its contract does not start, and the exception says what an operator would read;
 *   <li>arguments arrive as from JSON, coerced and checked by the tool's schema; what does not fit is a 400 and reaches no
 *       tool;
 *   <li>exceptions and deadlines become the answers that clients get; what clients must not see goes to the log;
 *   <li>policy holds: every tool under test may be called unless the configuration, a policy source under test, or the
 *       HTTP deny list says otherwise;
 *   <li>a service of the gateway is lent only if {@link Builder#services} grants it.
 * </ul>
 *
 * <p>What it leaves out: class loaders and module layers (the plugin is on the test's own path), HTTP, reloads. Test those
 * with the gateway itself: {@code portcullis plugins verify}, then a call.
 *
 * <p>Safe for use by several threads, as a gateway is.
 */
public final class TestGateway implements AutoCloseable {
    private final Rehearsal rehearsal;

    TestGateway(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    /**
     * A gateway with a tool provider.
     *
     * @param provider a new instance
     * @return to be configured and started
     */
    public static Builder with(ToolProvider provider) {
        return new Builder().and(provider);
    }

    /**
     * A gateway with an auth provider, asked about every call of a {@linkplain ToolCall#asStranger() stranger}. The tool
     * {@code whoami} is there to be called.
     *
     * @param provider a new instance
     * @return to be configured and started
     */
    public static Builder with(AuthProvider provider) {
        return new Builder().and(provider).tool("whoami");
    }

    /**
     * A gateway with a policy source; {@link Builder#tool} adds tools that it can decide about.
     *
     * @param provider a new instance
     * @return to be configured and started
     */
    public static Builder with(PolicySourceProvider provider) {
        return new Builder().and(provider);
    }

    /**
     * Calls a tool without arguments, as the operator.
     *
     * @param tool its name
     * @return the answer
     */
    public Answer invoke(String tool) {
        return invoke(ToolCall.of(tool));
    }

    /**
     * Calls a tool, as the operator.
     *
     * @param tool its name
     * @param arguments what JSON can hold
     * @return the answer
     * @throws IllegalArgumentException if JSON cannot hold an argument
     */
    public Answer invoke(String tool, Map<String, ?> arguments) {
        return invoke(ToolCall.of(tool, arguments));
    }

    /**
     * Calls a tool and waits for the answer; it comes when the tool returns, or at its deadline.
     *
     * @param call who calls what, and how
     * @return the answer
     * @throws IllegalArgumentException if JSON cannot hold an argument
     */
    public Answer invoke(ToolCall call) {
        Rehearsal.Reply reply =
                rehearsal.invoke(new Rehearsal.Call(call.fields(), call.headers(), call.address(), call.caller()));
        return new Answer(
                reply.status(),
                reply.body(),
                reply.outcome(),
                reply.principal(),
                reply.authFailure(),
                reply.deniedBy());
    }

    /**
     * Adds a message to a session, which is made if it is not there: for tools that read sessions.
     *
     * @param key such as {@code agent:main:notes}
     * @param role who said it: {@code user}, {@code assistant} …
     * @param text what was said
     * @throws IllegalArgumentException if the key names no session of an agent
     */
    public void say(String key, String role, String text) {
        rehearsal.say(key, role, text);
    }

    /**
     * Settings that no plugin asked for while it was loaded: each is probably a misspelling in the test, or a key that
     * the plugin forgot to read.
     *
     * @return paths such as {@code plugins.entries.weather.config.servcie}
     */
    public List<String> unusedKeys() {
        return rehearsal.unusedKeys();
    }

    /** Interrupts what still runs, then closes the providers, once. What they throw is logged. */
    @Override
    public void close() {
        rehearsal.close();
    }

    /** A gateway that does not serve yet. Not safe for use by several threads. */
    public static final class Builder {
        private final Plan plan = new Plan();

        private Builder() {}

        /**
         * Adds a tool provider.
         *
         * @param provider a new instance
         * @return this
         */
        public Builder and(ToolProvider provider) {
            plan.tools.add(provider);
            return this;
        }

        /**
         * Adds an auth provider; providers are asked in the order in which they were added.
         *
         * @param provider a new instance
         * @return this
         */
        public Builder and(AuthProvider provider) {
            plan.authenticators.add(provider);
            return this;
        }

        /**
         * Adds a policy source.
         *
         * @param provider a new instance
         * @return this
         */
        public Builder and(PolicySourceProvider provider) {
            plan.policySources.add(provider);
            return this;
        }

        /**
         * Adds a tool that takes any arguments and says who called it: {@code {"principal": …, "session": …}}.
         *
         * @param name of the tool
         * @return this
         */
        public Builder tool(String name) {
            plan.extras.add(name);
            return this;
        }

        /**
         * Says what stands below {@code plugins.entries.<provider>.config}; replaces what was said before.
         *
         * @param provider what the provider's {@code name()} returns
         * @param values what JSON can hold
         * @return this
         */
        public Builder config(String provider, Map<String, ?> values) {
            plan.configs.put(provider, Map.copyOf(values));
            return this;
        }

        /**
         * Says which of the gateway's services a provider is lent: {@code plugins.entries.<provider>.services}.
         *
         * @param provider what the provider's {@code name()} returns
         * @param services of {@code sessions}, {@code invoker}, {@code config}
         * @return this
         */
        public Builder services(String provider, String... services) {
            plan.services.put(provider, List.of(services));
            return this;
        }

        /**
         * Adds to the configuration of the gateway, for instance {@code gateway.invoke.timeoutMs = 100}.
         *
         * @param hocon lines as in {@code gateway.conf}; they win over the other methods
         * @return this
         */
        public Builder configuration(String hocon) {
            plan.lines.add(hocon);
            return this;
        }

        /**
         * Loads the providers.
         *
         * @return a gateway that serves
         * @throws PluginException if the configuration does not hold or a provider does not load; the message is what an
         *     operator would read
         */
        public TestGateway start() {
            return new TestGateway(Rehearsal.start(plan.configuration(), plan.cast()));
        }
    }
}
