package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.LoggingConfig;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * This process. SIGTERM and SIGINT are handled as signals and not by a shutdown hook: hooks run beside the one that takes the
 * log away, and cannot change the exit code.
 */
final class ProcessHost implements RunCommand.Host {
    private static final System.Logger LOG = System.getLogger(ProcessHost.class.getName());

    @Override
    public void log(LoggingConfig config) {
        try {
            LoggingSetup.forGateway(config);
        } catch (IOException e) {
            throw CliException.configuration(
                    "The log file " + config.file().map(String::valueOf).orElse("")
                            + " of logging.file cannot be written ("
                            + e.getClass().getSimpleName() + "): check the folder's permissions, or name another file",
                    List.of());
        }
    }

    @Override
    public void onStop(Runnable stop) {
        AtomicBoolean asked = new AtomicBoolean();
        boolean signals = true;
        for (String name : new String[] {"TERM", "INT"}) {
            signals &= onSignal(name, () -> {
                if (asked.compareAndSet(false, true)) {
                    LOG.log(System.Logger.Level.INFO, "Asked to stop by SIG" + name + ": draining");
                    stop.run();
                } else if (name.equals("INT")) {
                    // Who presses Ctrl-C twice does not want to wait.
                    Runtime.getRuntime().halt(ExitStatus.FAILED);
                }
            });
        }
        boolean handled = signals;
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop.run();
                            if (!handled) {
                                Runtime.getRuntime().halt(ExitStatus.OK);
                            }
                        },
                        "stop"));
    }

    @Override
    public void onReload(Runnable reload) {
        // a signal has a thread of its own; the next one waits until this one's work is done
        Object turn = new Object();
        onSignal("HUP", () -> {
            synchronized (turn) {
                LoggingSetup.reopen();
                LOG.log(System.Logger.Level.INFO, "Asked to reload by SIGHUP");
                reload.run();
            }
        });
    }

    @Override
    public void serving() {
        IdleCollection.start();
    }

    /** The only way to a signal is sun.misc.Signal, in the module jdk.unsupported, which need not be there. */
    private static boolean onSignal(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                        default -> "handler of SIG" + name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            return true;
        } catch (ReflectiveOperationException | RuntimeException absent) {
            LOG.log(System.Logger.Level.DEBUG, "No handler for SIG" + name, absent);
            return false;
        }
    }
}
