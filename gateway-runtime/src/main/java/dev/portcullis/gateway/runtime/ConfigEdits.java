package dev.portcullis.gateway.runtime;

import dev.portcullis.gateway.runtime.config.GatewayConfig;
import dev.portcullis.gateway.runtime.config.GuardedKeys;
import dev.portcullis.gateway.runtime.config.HeldEdit;
import dev.portcullis.gateway.runtime.config.StateDirectory;
import dev.portcullis.gateway.runtime.config.Widening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which edit of the configuration is served, and when. An edit that only takes away is served as soon as its files lie still.
 * One that lets more pass than what serves may be half an edit: it is held, and served when it has lain still for longer, or when
 * somebody says that it is meant.
 */
final class ConfigEdits {
    /** How long an edit that lets more pass has to lie still. */
    static final Duration HOLD = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(ConfigEdits.class.getName());
    private static final int TRIES = 5;
    private static final long PAUSE = 200;

    /** What is to be done with the files as they are. */
    sealed interface Next {
        /**
         * They are served.
         *
         * @param restart keys whose change takes a restart
         * @param tokenMade whether the gateway made its token
         * @param reading as it was read
         */
        record Serve(GatewayConfig config, List<String> restart, boolean tokenMade, ConfigSource.Reading reading)
                implements Next {
            public Serve {
                restart = List.copyOf(restart);
            }
        }

        /** They wait, and what serves goes on. */
        record Keep(List<String> problems) implements Next {
            public Keep {
                problems = List.copyOf(problems);
            }
        }
    }

    private record Held(String hash, long since) {}

    private final ConfigSource source;
    private final StateDirectory state;
    private final LongSupplier nanoTime;
    private volatile @Nullable Held held;
    private boolean tokenMade;

    /** @param tokenMade whether what serves has a token that the gateway made */
    ConfigEdits(ConfigSource source, StateDirectory state, boolean tokenMade, LongSupplier nanoTime) {
        this.source = source;
        this.state = state;
        this.tokenMade = tokenMade;
        this.nanoTime = nanoTime;
        forgetEverything();
    }

    /** Whether what is held may be served by now; whoever saw that nothing changed meanwhile asks for {@link #next} then. */
    boolean due() {
        Held waiting = held;
        return waiting != null && (patient(waiting) || accepted(waiting.hash()));
    }

    private boolean patient(Held waiting) {
        return nanoTime.getAsLong() - waiting.since() >= HOLD.toNanos();
    }

    private boolean accepted(String hash) {
        return HeldEdit.accepted(state.path()).filter(hash::equals).isPresent();
    }

    /**
     * Reads the files and decides.
     *
     * @param served what serves now
     * @param asked whether somebody asks for it, who is done with writing
     * @throws GatewayStartException if the files do not hold
     */
    Next next(GatewayConfig served, boolean asked) throws GatewayStartException {
        Held before = held;
        held = null;
        try {
            return decide(served, still(served), asked, before);
        } catch (GatewayStartException invalid) {
            failed();
            throw invalid;
        }
    }

    private Next decide(GatewayConfig served, ConfigSource.Reading reading, boolean asked, @Nullable Held before)
            throws GatewayStartException {
        GatewayConfig live = RestartOnly.of(served, reading.config()).live();
        List<Widening> wider = new GuardedKeys(served, tokenMade).wideningTo(guarded(served, live));
        boolean waits = (asked || reading.whole()) ? wider.stream().anyMatch(Widening::lost) : !wider.isEmpty();
        String hash = reading.config().document().hash();
        if (waits) {
            boolean accepted = accepted(hash);
            boolean patient = before != null && before.hash().equals(hash) && patient(before);
            if (!accepted && !patient) {
                return hold(hash, wider, before);
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The edit of the configuration that lets more pass is taken, because "
                            + (accepted ? "it was accepted" : "its files lay still"));
        }
        RestartOnly wanted = RestartOnly.of(served, source.withToken(reading.config(), state));
        return new Next.Serve(wanted.live(), wanted.keys(), made(served, live), reading);
    }

    /** To be told when what {@link #next} said serves; only then is an acceptance used up, and who wrote it waits for that. */
    void serves(Next.Serve next) {
        tokenMade = next.tokenMade();
        forgetEverything();
    }

    /** To be told when what {@link #next} said cannot serve. */
    void failed() {
        forget(HeldEdit.note(state.path()));
    }

    /** Reads until nothing changes meanwhile: half of one text and half of another may be a whole one. */
    private ConfigSource.Reading still(GatewayConfig served) throws GatewayStartException {
        Optional<String> gone = source.gone(served);
        if (gone.isPresent()) {
            throw new GatewayStartException(List.of(gone.get()), true);
        }
        for (int i = 0; i < TRIES; i++) {
            Map<Path, Object> before = FileWatch.look(source.files());
            ConfigSource.Reading reading = source.read();
            Map<Path, Object> after = FileWatch.look(source.files());
            before.keySet().retainAll(after.keySet());
            if (after.entrySet().containsAll(before.entrySet())) {
                return reading;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new GatewayStartException(
                List.of(
                        "The files of the configuration change while they are read. Write them anew and rename them into"
                                + " place, or wait until they are written."),
                true);
    }

    /** As it would be served; no token is made for an edit that may never be. */
    private GuardedKeys guarded(GatewayConfig served, GatewayConfig live) throws GatewayStartException {
        boolean kept = ConfigSource.makesToken(live) && Files.exists(state.tokenFile());
        return new GuardedKeys(kept ? source.withToken(live, state) : live, made(served, live));
    }

    private boolean made(GatewayConfig served, GatewayConfig live) {
        return ConfigSource.makesToken(live)
                || (tokenMade && live.auth().token().equals(served.auth().token()));
    }

    private Next hold(String hash, List<Widening> wider, @Nullable Held before) {
        held = new Held(hash, nanoTime.getAsLong());
        List<String> reasons = wider.stream().map(Widening::text).toList();
        String until = Instant.now().plus(HOLD).toString();
        String what = "The edit of the configuration is held, because it lets more pass than what is served; what is"
                + " served goes on. It is taken if its files lie still for " + HOLD.toSeconds()
                + " seconds, or at once by \"portcullis config accept\"";
        if (before == null || !before.hash().equals(hash)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    what + ":" + System.lineSeparator() + "  " + String.join(System.lineSeparator() + "  ", reasons));
        }
        try {
            new HeldEdit(hash, until, reasons).write(state.path());
        } catch (IOException unwritable) {
            LOG.log(System.Logger.Level.WARNING, "It cannot be noted in " + state.path() + ": " + unwritable);
        }
        return new Next.Keep(List.of(what + ": " + String.join("; ", reasons)));
    }

    private void forgetEverything() {
        forget(HeldEdit.note(state.path()));
        forget(HeldEdit.acceptance(state.path()));
    }

    private static void forget(Path note) {
        try {
            Files.deleteIfExists(note);
        } catch (IOException stuck) {
            LOG.log(System.Logger.Level.WARNING, note + " cannot be taken away: " + stuck);
        }
    }
}
