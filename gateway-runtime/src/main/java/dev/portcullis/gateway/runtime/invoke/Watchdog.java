package dev.portcullis.gateway.runtime.invoke;

import dev.portcullis.gateway.runtime.config.InvokeConfig;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the gateway answering. Virtual threads are not time-sliced: a tool that neither waits nor ends keeps a carrier thread
 * for itself, and as many of them as there are carriers stop everything. So a thread of the operating system looks round:
 * when virtual threads starve it adds carriers, twice as many each round, and takes them back when the tools that occupied
 * them are gone; more such tools than there are processors are kept to some of these; a tool that runs on after deadline,
 * interrupt and grace is refused until it ends, and its caller is answered.
 */
final class Watchdog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());
    private static final long ROUND_MILLIS = 100;
    private static final long STARVED = TimeUnit.MILLISECONDS.toNanos(300);

    /** A round that comes later than this counts no more: the process was stopped, not the tools. */
    private static final long LONGEST_ROUND = 2 * TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS);

    /** Seen running so often in a row, a tool occupies a carrier. */
    private static final int HOG_SAMPLES = 10;

    /** Seen running so often in a row, and on one carrier, it is one of a crowd if there is one. */
    private static final int CROWD_SAMPLES = 4;

    private static final int CALM_ROUNDS = 10;
    /** Starving so soon after carriers were taken back, they were needed. */
    private static final int RELAPSE_ROUNDS = 30;

    private static final int MOST_CALM_ROUNDS = 600;

    /** Starving for so long with all carriers that may be added, nobody waits for one any more. */
    private static final int EXHAUSTED_ROUNDS = 20;

    private final ActiveRuns runs;
    private final Executor rescuers;
    private final Heartbeat heartbeat;
    private final Thread thread =
            Thread.ofPlatform().name("watchdog").daemon(true).unstarted(this::run);
    private volatile InvokeConfig.Watchdog config = InvokeConfig.Watchdog.DEFAULT;
    private volatile int extra;
    private int calm;
    private int patience = CALM_ROUNDS;
    private int sinceShrunk = MOST_CALM_ROUNDS;
    private int healthy;
    private int exhausted;
    private long lastRound = System.nanoTime();
    private long watched;
    private boolean stumbling;
    private boolean confining;
    private volatile boolean stopped;

    /** @param rescuers answer the callers of runaway tools, on threads that no tool can occupy */
    Watchdog(ActiveRuns runs, Executor rescuers) {
        this(runs, rescuers, new Heartbeat());
    }

    Watchdog(ActiveRuns runs, Executor rescuers, Heartbeat heartbeat) {
        this.runs = runs;
        this.rescuers = rescuers;
        this.heartbeat = heartbeat;
    }

    void start() {
        thread.start();
    }

    /** The bounds of the snapshot that was used last. */
    void configure(InvokeConfig.Watchdog latest) {
        config = latest;
    }

    WatchReport report() {
        return new WatchReport(runs.count(), extra, runs.report());
    }

    private void run() {
        while (!stopped) {
            try {
                round(System.nanoTime());
                stumbling = false;
            } catch (RuntimeException | Error fault) {
                // once in a row; and who is stopped may find nobody to answer for a tool
                stumbling = stumbling || stopped || said(fault);
            }
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS));
            // or the next nap would be none
            Thread.interrupted();
        }
    }

    private static boolean said(Throwable fault) {
        try {
            LOG.log(System.Logger.Level.ERROR, "The watchdog stumbled, and goes on", fault);
            return true;
        } catch (RuntimeException | Error unsaid) {
            // a tool took all memory: nothing can be said now, and the rounds must go on
            return false;
        }
    }

    void round(long now) {
        long passed = Math.min(now - lastRound, LONGEST_ROUND);
        lastRound = now;
        if (!config.enabled()) {
            resize(0, 0, false);
            confine(Set.of());
            return;
        }
        boolean starved = heartbeat.silence(now) > STARVED;
        healthy = starved ? 0 : healthy + 1;
        exhausted = starved && extra >= config.maxExtraParallelism() ? exhausted + 1 : 0;
        boolean hopeless = exhausted > EXHAUSTED_ROUNDS;
        // who waits for a carrier cannot end: that is no grace, and nobody is accused before everybody got to run
        watched += starved && !hopeless ? 0 : passed;
        boolean accusing = healthy > 2 || hopeless;
        int hogs = 0;
        Set<Thread> settled = new HashSet<>();
        for (Running run : runs.all()) {
            int busy = run.sample();
            if (busy >= HOG_SAMPLES) {
                hogs++;
            }
            if (busy >= CROWD_SAMPLES) {
                run.settled().ifPresent(settled::add);
            }
        }
        try {
            for (Running run : runs.all()) {
                boolean overdue = run.overdue(now, watched, config.grace());
                if (overdue && accusing) {
                    giveUp(run);
                }
            }
            balance(hogs, starved);
        } finally {
            confine(settled, starved);
        }
    }

    /** After what is more urgent, and whatever becomes of that. */
    private void confine(Set<Thread> settled, boolean starved) {
        if (starved && config.confine()) {
            Confinement.prepare();
        }
        // as many as there are processors leave everybody else a fair share of them
        boolean crowd = settled.size() > Runtime.getRuntime().availableProcessors();
        confine(crowd && config.confine() ? settled : Set.of());
    }

    /** Nobody is confined for one that is closed. */
    private synchronized void confine(Set<Thread> threads) {
        if (!stopped && (confining || !threads.isEmpty())) {
            confining = Confinement.want(this, threads);
        }
    }

    private void balance(int hogs, boolean starved) {
        int most = config.maxExtraParallelism();
        sinceShrunk++;
        if (starved) {
            if (sinceShrunk < RELAPSE_ROUNDS) {
                // something else than a tool occupies them: a policy source, an auth provider, a thread of a plugin's
                // own
                patience = Math.min(MOST_CALM_ROUNDS, 2 * patience);
                sinceShrunk = RELAPSE_ROUNDS;
            }
            calm = 0;
            resize(Math.min(most, Math.max(1, 2 * extra)), hogs, true);
            Carriers.nudge();
        } else if (extra > Math.min(hogs, most)) {
            if (++calm >= patience) {
                calm = 0;
                sinceShrunk = 0;
                resize(patience == CALM_ROUNDS ? Math.min(hogs, most) : extra - 1, hogs, false);
            }
        } else {
            calm = 0;
            if (extra == 0 && sinceShrunk >= RELAPSE_ROUNDS) {
                patience = CALM_ROUNDS;
            }
        }
    }

    void resize(int wanted, int hogs, boolean starved) {
        int before = extra;
        if (wanted == before || !want(wanted)) {
            return;
        }
        LOG.log(
                starved ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                () -> (starved
                                ? "Virtual threads do not get to run: "
                                : "Fewer tools occupy carrier threads than were added for: ")
                        + hogs + " of " + runs.count() + " running tools do not yield. Extra carrier threads: " + before
                        + " -> " + wanted + " (at most gateway.invoke.watchdog.maxExtraParallelism = "
                        + config.maxExtraParallelism() + ").");
    }

    /** False if nothing is wanted any more. */
    private synchronized boolean want(int wanted) {
        if (stopped) {
            return false;
        }
        Carriers.want(this, wanted);
        extra = wanted;
        return true;
    }

    private void giveUp(Running run) {
        if (!run.held()) {
            ranAway(run);
        } else if (!run.answered()) {
            // the tool that it asked for is to blame, but its caller waits all the same
            rescuers.execute(run::abandon);
            run.answering();
        }
    }

    private void ranAway(Running run) {
        if (!runs.ranAway(run)) {
            return;
        }
        try {
            rescuers.execute(run::abandon);
        } catch (RuntimeException | Error none) {
            // the next round tries again
            runs.takeBack(run);
            throw none;
        }
        run.accused();
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "Tool " + run.tool() + " of provider " + run.provider() + " ran away: invocation " + run.id()
                        + " goes on " + config.grace().toMillis()
                        + " ms (gateway.invoke.watchdog.graceMs) after its deadline although it was interrupted. Its"
                        + " caller gets 504, and further calls of the tool are refused with 503 until it ends or its"
                        + " plugin is replaced. A tool must end when it is interrupted, or look at"
                        + " ToolInvocation.cancelled(). It is at:" + run.place());
    }

    @Override
    public synchronized void close() {
        stopped = true;
        LockSupport.unpark(thread);
        extra = 0;
        Carriers.want(this, 0);
        Confinement.want(this, Set.of());
    }
}
