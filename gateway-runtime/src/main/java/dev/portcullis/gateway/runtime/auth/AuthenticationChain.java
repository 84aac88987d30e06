package dev.portcullis.gateway.runtime.auth;

import dev.portcullis.gateway.api.auth.AuthFailure;
import dev.portcullis.gateway.api.auth.AuthProvider.Kind;
import dev.portcullis.gateway.api.auth.AuthResult;
import dev.portcullis.gateway.api.auth.Principal;
import dev.portcullis.gateway.api.auth.Scope;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Admitted;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Failed;
import dev.portcullis.gateway.runtime.auth.AuthDecision.LockedOut;
import dev.portcullis.gateway.runtime.auth.AuthDecision.Refused;
import dev.portcullis.gateway.runtime.config.AuthConfig;
import dev.portcullis.gateway.runtime.config.AuthConfig.OperatorRole;
import dev.portcullis.gateway.runtime.telemetry.BoundedCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From credentials to a principal: the provider that {@code gateway.auth.mode} names, then those that
 * {@code gateway.auth.providers} lists, and nobody else. One per configuration; the limiter outlives it.
 */
public final class AuthenticationChain {
    static final String NONE = "none";
    static final String TRUSTED_PROXY = "trusted-proxy";
    private static final String PASSWORD = "password";
    private static final String SCOPES_HEADER = "x-openclaw-scopes";
    private static final String UNATTRIBUTABLE = "proxy_attribution_required";

    /** A decision, what it means to the limiter included. */
    private record Verdict(AuthDecision decision, boolean countedFailure, boolean provedSecret) {
        static Verdict refused(AuthFailure failure) {
            return new Verdict(new Refused(failure.reason()), failure.counted(), false);
        }

        /** Whatever else happened, a wrong credential was shown: a provider that fails must not make guessing free. */
        Verdict afterWrongCredential(boolean shown) {
            return shown && !(decision instanceof Admitted) ? new Verdict(decision, true, false) : this;
        }
    }

    private final List<ProviderCaller> asked;
    private final @Nullable ProviderCaller localFallback;
    private final Map<String, Set<Scope>> identityScopes;
    private final Optional<OperatorRole> role;
    private final OriginCheck origins;
    private final OwnHost host;
    private final AuthRateLimiter limiter;
    private final long generation;

    /**
     * Puts those in order that the configuration asks.
     *
     * @param available what the loaded plugins provide, asked or not
     * @param limit what a plugin's provider may take
     * @throws UnknownAuthProviderException if the configuration names others
     */
    public AuthenticationChain(
            AuthConfig config,
            List<NamedAuthenticator> available,
            Duration limit,
            AuthRateLimiter limiter,
            long generation) {
        Map<String, NamedAuthenticator> known = new LinkedHashMap<>();
        available.forEach(provider -> known.put(provider.name(), provider));
        this.asked = asked(config, known).stream()
                .map(provider -> new ProviderCaller(provider, limit))
                .toList();
        NamedAuthenticator fallback = fallback(config, known);
        this.localFallback = fallback == null ? null : new ProviderCaller(fallback, limit);
        this.identityScopes = config.identityScopes().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> Scope.parse(String.join(",", entry.getValue()))));
        this.role = config.defaultRole();
        this.origins = new OriginCheck(config.browserOrigins());
        this.host = new OwnHost(config.browserOrigins());
        this.limiter = limiter;
        this.generation = generation;
    }

    /** Which configuration and plugins this chain was made of; a request compares it just before the tool runs. */
    public long generation() {
        return generation;
    }

    /** Decides about a request that just came in. Counts a wrong credential; may delay a local caller who guesses. */
    public AuthDecision authenticate(Attribution attribution, Headers headers) {
        return authenticate(attribution, headers, attribution.client());
    }

    /**
     * The same for a caller whose failures are counted under another name than its address.
     *
     * @param client an address, or a name that begins with {@code browser-origin:}
     */
    public AuthDecision authenticate(Attribution attribution, Headers headers, String client) {
        AttributedRequest request = new AttributedRequest(attribution, headers);
        String shown = request.shown();
        Optional<Duration> locked = limiter.lockout(client, shown);
        if (locked.isPresent()) {
            return new LockedOut(locked.get());
        }
        Verdict verdict = judge(request, attribution);
        if (verdict.countedFailure) {
            // one that others overtook is answered as the right one would be
            return limiter.failed(client, shown, true)
                    .<AuthDecision>map(LockedOut::new)
                    .orElse(verdict.decision);
        }
        return unlessOvertaken(verdict, client, shown);
    }

    /** Guesses sent in parallel must not outrun the lock that the wrong ones among them set. */
    private AuthDecision unlessOvertaken(Verdict verdict, String client, String shown) {
        Optional<Duration> locked = limiter.lockout(client, shown);
        if (locked.isPresent()) {
            return new LockedOut(locked.get());
        }
        if (verdict.decision instanceof Admitted) {
            limiter.admitted(client, shown);
        }
        if (verdict.provedSecret) {
            limiter.succeeded(client);
        }
        return verdict.decision;
    }

    /**
     * Decides about somebody who is served anyway, and learns more if it is somebody. Never delays; what was wrong a moment ago
     * is not judged again, so that a probe with an old credential is one guess and not thousands.
     *
     * @return empty if it was not judged
     */
    public Optional<AuthDecision> glance(Attribution attribution, Headers headers) {
        AttributedRequest request = new AttributedRequest(attribution, headers);
        String client = attribution.client();
        String shown = request.shown();
        if (limiter.lockout(client, shown).isPresent() || limiter.repeats(client, shown)) {
            return Optional.empty();
        }
        Verdict verdict = judge(request, attribution);
        if (verdict.countedFailure) {
            return limiter.failed(client, shown, false).isPresent() ? Optional.empty() : Optional.of(verdict.decision);
        }
        return Optional.of(unlessOvertaken(verdict, client, shown));
    }

    /** Decides once more about a request that was admitted by another generation. Neither counts nor delays. */
    public AuthDecision recheck(Attribution attribution, Headers headers) {
        return judge(new AttributedRequest(attribution, headers), attribution).decision;
    }

    /** Whether the web page that a request names, if it names one, may open a connection that outlives the request. */
    public boolean admitsOrigin(Attribution attribution, Headers headers) {
        return origins.passes(headers, attribution.kind() == Attribution.Kind.DIRECT_LOCAL);
    }

    /** Whether a caller on this machine may be trusted for being there: what it wanted to reach is this gateway. */
    public boolean trustsLocal(Attribution attribution, Headers headers) {
        return attribution.kind() == Attribution.Kind.DIRECT_LOCAL && host.named(headers);
    }

    /** The agents whose sessions the caller may use; empty if any. Others are answered with 403. */
    public Optional<Set<String>> agents(Admitted caller) {
        return roleOf(caller.method()).flatMap(OperatorRole::agents);
    }

    private Verdict judge(AttributedRequest request, Attribution attribution) {
        if (attribution.kind() == Attribution.Kind.UNATTRIBUTABLE) {
            return Verdict.refused(AuthFailure.missing(UNATTRIBUTABLE));
        }
        Verdict verdict = askAll(asked, request);
        if (localFallback != null
                && verdict.decision instanceof Refused
                && request.directLocal()
                && request.bearer().isPresent()) {
            return askAll(List.of(localFallback), request).afterWrongCredential(verdict.countedFailure);
        }
        return verdict;
    }

    private Verdict askAll(List<ProviderCaller> callers, AttributedRequest request) {
        List<AuthFailure> abstentions = new ArrayList<>(0);
        for (ProviderCaller caller : callers) {
            NamedAuthenticator provider = caller.provider();
            AuthResult result;
            try {
                result = caller.ask(request);
            } catch (Throwable broken) {
                // also what is neither exception nor error: nobody is admitted, and the caller gets an answer
                return failed(provider, describe(broken)).afterWrongCredential(wrongShown(abstentions));
            }
            if (result == null) {
                return failed(provider, "returned null").afterWrongCredential(wrongShown(abstentions));
            }
            switch (result) {
                case AuthResult.Authenticated authenticated -> {
                    return admit(provider, authenticated.principal(), request)
                            .afterWrongCredential(wrongShown(abstentions));
                }
                case AuthResult.Rejected rejected -> {
                    return Verdict.refused(rejected.failure()).afterWrongCredential(wrongShown(abstentions));
                }
                case AuthResult.Abstained abstained -> abstentions.add(abstained.failure());
            }
        }
        return Verdict.refused(
                abstentions.stream().filter(AuthFailure::counted).findFirst().orElseGet(abstentions::getFirst));
    }

    private static boolean wrongShown(List<AuthFailure> abstentions) {
        for (AuthFailure abstention : abstentions) {
            if (abstention.counted()) {
                return true;
            }
        }
        return false;
    }

    private Verdict admit(NamedAuthenticator provider, Principal granted, AttributedRequest request) {
        String method = provider.name();
        if (method.equals(NONE) && !host.named(request.sent())) {
            return Verdict.refused(AuthFailure.missing("host_not_allowed"));
        }
        if (method.equals(NONE) || method.equals(TRUSTED_PROXY)) {
            if (!origins.passes(request.sent(), request.directLocal())) {
                return Verdict.refused(AuthFailure.missing(
                        method.equals(NONE) ? "origin_not_allowed" : "trusted_proxy_origin_not_allowed"));
            }
        }
        boolean secret = provider.kind() == Kind.SHARED_SECRET;
        Principal principal = secret ? granted : narrowed(limited(method, granted), request.headers(SCOPES_HEADER));
        return new Verdict(new Admitted(principal, method, generation), false, secret);
    }

    private Principal limited(String method, Principal granted) {
        return roleOf(method)
                .flatMap(OperatorRole::scopes)
                .map(scopes -> granted.narrowedTo(Scope.parse(String.join(",", scopes))))
                .orElse(granted);
    }

    /** Roles are for people: whoever has the secret, or needs none, is the operator. */
    private Optional<OperatorRole> roleOf(String method) {
        return role.filter(configured -> !method.equals(NONE)
                && asked.stream()
                        .map(ProviderCaller::provider)
                        .anyMatch(provider -> provider.name().equals(method) && provider.kind() == Kind.IDENTITY));
    }

    private Principal narrowed(Principal granted, List<String> wanted) {
        Set<Scope> cap = identityScopes.get(granted.name());
        Principal capped = cap == null ? granted : granted.narrowedTo(cap);
        return wanted.isEmpty() ? capped : capped.narrowedTo(Scope.parse(String.join(",", wanted)));
    }

    private static Verdict failed(NamedAuthenticator provider, String detail) {
        return new Verdict(new Failed(provider.name(), detail), false, false);
    }

    /** Without the message: it might quote a credential. */
    private static String describe(Throwable broken) {
        if (broken instanceof BoundedCalls.NoAnswerException none) {
            return none.what();
        }
        StackTraceElement[] trace = broken.getStackTrace();
        return "threw " + broken.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }

    private static List<NamedAuthenticator> asked(AuthConfig config, Map<String, NamedAuthenticator> known) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put(config.mode(), "gateway.auth.mode");
        config.providers().forEach(name -> named.putIfAbsent(name, "gateway.auth.providers"));
        List<String> missing = new ArrayList<>();
        Set<NamedAuthenticator> asked = new LinkedHashSet<>();
        named.forEach((name, path) -> {
            NamedAuthenticator provider = known.get(name);
            if (provider == null) {
                missing.add(path + " names \"" + name + "\", but no loaded plugin provides authentication by that name."
                        + " Known names: " + String.join(", ", new TreeSet<>(known.keySet()))
                        + ". Correct the name, or put the plugin that provides it into the plugins folder.");
            } else {
                asked.add(provider);
            }
        });
        if (!missing.isEmpty()) {
            throw new UnknownAuthProviderException(String.join(System.lineSeparator(), missing));
        }
        return List.copyOf(asked);
    }

    /** In trusted-proxy mode an operator on the machine itself may use the password, if one is configured. */
    private static @Nullable NamedAuthenticator fallback(AuthConfig config, Map<String, NamedAuthenticator> known) {
        boolean wanted = config.mode().equals(TRUSTED_PROXY)
                && config.password().isPresent()
                && !config.providers().contains(PASSWORD);
        return wanted ? known.get(PASSWORD) : null;
    }
}
