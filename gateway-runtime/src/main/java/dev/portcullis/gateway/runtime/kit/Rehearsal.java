package dev.portcullis.gateway.runtime.kit;

import dev.portcullis.gateway.api.auth.AuthProvider;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.plugin.PluginException;
import dev.portcullis.gateway.api.policy.PolicySourceProvider;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.runtime.World;
import dev.portcullis.gateway.runtime.audit.AuditRecord;
import dev.portcullis.gateway.runtime.auth.AuthRateLimiter;
import dev.portcullis.gateway.runtime.auth.Headers;
import dev.portcullis.gateway.runtime.auth.UnknownAuthProviderException;
import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.http.Answers;
import dev.portcullis.gateway.runtime.http.OfflineExchange;
import dev.portcullis.gateway.runtime.invoke.InvocationIds;
import dev.portcullis.gateway.runtime.invoke.InvocationPipeline;
import dev.portcullis.gateway.runtime.invoke.Outcome;
import dev.portcullis.gateway.runtime.invoke.Snapshot;
import dev.portcullis.gateway.runtime.invoke.ToolExecutor;
import dev.portcullis.gateway.runtime.plugin.GuestPlugins;
import dev.portcullis.gateway.runtime.plugin.PluginProblem;
import dev.portcullis.gateway.runtime.plugin.PluginSet;
import dev.portcullis.gateway.runtime.plugin.PluginStartException;
import dev.portcullis.gateway.runtime.session.InvalidSessionException;
import dev.portcullis.gateway.runtime.session.MemorySessionStore;
import dev.portcullis.gateway.runtime.session.NewSession;
import dev.portcullis.gateway.runtime.session.SessionKey;
import dev.portcullis.gateway.runtime.session.TranscriptMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The road of a request with everything on it but sockets and files: configuration, plugins, authentication, policy,
 * arguments, deadline, rendering. Safe for use by several threads.
 */
public final class Rehearsal implements AutoCloseable {
    /** Providers under test. */
    public record Cast(
            List<ToolProvider> tools, List<AuthProvider> authenticators, List<PolicySourceProvider> policySources) {}

    /**
     * A request.
     *
     * @param fields of the body
     * @param peer address that it comes from
     * @param caller whom it is from; empty if its headers alone are to tell
     */
    public record Call(
            Map<String, Object> fields, Map<String, List<String>> headers, String peer, Optional<Principal> caller) {}

    /**
     * An answer, and what the audit log would say of it.
     *
     * @param deniedBy label of the step that denied
     */
    public record Reply(
            int status,
            Map<String, Object> body,
            String outcome,
            Optional<String> principal,
            Optional<String> authFailure,
            Optional<String> deniedBy) {}

    private final World world;
    private final MemorySessionStore sessions;
    private final ToolExecutor executor = new ToolExecutor();
    private final KnownCallers callers;
    private final Records records = new Records();
    private final InvocationPipeline pipeline;

    private Rehearsal(World world, MemorySessionStore sessions, KnownCallers callers) {
        this.world = world;
        this.sessions = sessions;
        this.callers = callers;
        this.pipeline = new InvocationPipeline(world::snapshot, executor, records, sessions, Answers::status);
    }

    /**
     * Loads the providers.
     *
     * @param configuration HOCON
     * @throws PluginException with all that is wrong, in the words for operators
     */
    public static Rehearsal start(String configuration, Cast cast) {
        GatewayConfig config = Script.read(configuration);
        KnownCallers callers = new KnownCallers();
        MemorySessionStore sessions = new MemorySessionStore();
        List<AuthProvider> authenticators = new ArrayList<>(cast.authenticators());
        authenticators.add(callers);
        PluginSet plugins;
        try {
            plugins = GuestPlugins.load(config, cast.tools(), authenticators, cast.policySources());
        } catch (PluginStartException refused) {
            throw new PluginException(
                    refused.problems().stream().map(PluginProblem::text).collect(Collectors.joining("\n")), refused);
        }
        try {
            return new Rehearsal(
                    World.build(
                            config,
                            plugins,
                            sessions,
                            new AuthRateLimiter(config.auth().rateLimit()),
                            1),
                    sessions,
                    callers);
        } catch (UnknownAuthProviderException unknown) {
            plugins.close();
            throw new PluginException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    /**
     * Sends a request and waits for its answer, as long as its tool may run.
     *
     * @throws IllegalArgumentException if an argument has no form in JSON
     */
    public Reply invoke(Call call) {
        byte[] body = OfflineExchange.json(call.fields());
        Snapshot snapshot = world.snapshot();
        Map<String, List<String>> headers = new LinkedHashMap<>(call.headers());
        String badge = call.caller().map(callers::enter).orElse("");
        if (!badge.isEmpty()) {
            headers.put(KnownCallers.HEADER, List.of(badge));
        }
        String id = InvocationIds.next();
        Headers sent = Headers.of(headers);
        CompletableFuture<Outcome> answered = new CompletableFuture<>();
        Thread.ofVirtual().name("invocation-" + id).start(() -> {
            try {
                answered.complete(pipeline.invoke(
                        snapshot,
                        snapshot.ingress().attribute(call.peer(), sent),
                        new OfflineCall(id, sent, () -> OfflineExchange.read(body), answered::complete)));
            } catch (Throwable fault) {
                answered.completeExceptionally(fault);
            }
        });
        try {
            return reply(answered.join(), records.take(id));
        } finally {
            callers.leave(badge);
        }
    }

    private static Reply reply(Outcome outcome, Optional<AuditRecord> record) {
        OfflineExchange.Answer answer = OfflineExchange.answer(outcome);
        return new Reply(
                answer.status(),
                answer.body(),
                outcome.code(),
                record.map(entry -> entry.caller().principal()),
                record.map(entry -> entry.caller().failure()),
                record.map(entry -> entry.ruling().label()));
    }

    /**
     * JSON text, which HOCON holds.
     *
     * @throws IllegalArgumentException if the value has no form in JSON
     */
    public static String json(Object value) {
        return new String(OfflineExchange.json(value), StandardCharsets.UTF_8);
    }

    /**
     * Adds to a session, which is made if it is not there.
     *
     * @param key as {@code agent:main:notes}
     * @throws IllegalArgumentException if it is no such key
     */
    public void say(String key, String role, String text) {
        SessionKey parsed = parse(key);
        if (sessions.find(parsed.text()).isEmpty()) {
            sessions.create(NewSession.of(parsed.text(), parsed.agent().orElseThrow()));
        }
        sessions.append(parsed.text(), new TranscriptMessage(role, text, Instant.now()));
    }

    private static SessionKey parse(String key) {
        try {
            SessionKey parsed = SessionKey.parse(key);
            if (parsed.agent().isPresent()) {
                return parsed;
            }
        } catch (InvalidSessionException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
        throw new IllegalArgumentException(
                "\"" + key + "\" names no agent. Write the key of a session as agent:main:" + key + ".");
    }

    /** Keys below {@code plugins.entries} that no plugin asked for. */
    public List<String> unusedKeys() {
        return world.plugins().plugins().stream()
                .flatMap(plugin -> plugin.unusedKeys().stream())
                .toList();
    }

    /** Interrupts what still runs and closes the providers. */
    @Override
    public void close() {
        executor.close();
        world.plugins().close();
    }
}
