package dev.portcullis.benchmarks;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A server in a process of its own, and what it costs the machine. */
final class ServerProcess implements AutoCloseable {
    private static final String THREADS = "java.lang:type=Threading";

    private final Process process;
    private final int port;
    private final long startedAt = System.nanoTime();
    private JMXConnector jmx;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param environment in addition to, or instead of, our own */
    static ServerProcess start(int port, Map<String, String> environment, Path log, List<String> command)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), port);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Asks until it is answered as expected; how long that took since the process was started. */
    Duration awaitFirst(Request request) throws IOException, InterruptedException {
        long until = startedAt + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (LoadDriver driver = new LoadDriver(port, request, 1)) {
                if (driver.closedLoop(1).count() == 0) {
                    return Duration.ofNanos(System.nanoTime() - startedAt);
                }
            } catch (IOException notYet) {
                if (System.nanoTime() > until || !process.isAlive()) {
                    throw new IOException("The server did not answer: " + notYet.getMessage(), notYet);
                }
                Thread.sleep(2);
            }
        }
    }

    /** Processor time of all its threads, in microseconds. */
    double cpuMicros() throws IOException {
        // schedstat of each thread would miss threads that ended; stat counts in hundredths of a second
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000.0;
    }

    double residentMiB() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IOException("no VmRSS");
    }

    /** All that its threads ever allocated, in bytes. */
    double allocatedBytes() throws Exception {
        if (jmx == null) {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
            try {
                jmx = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        }
        return ((Number) jmx.getMBeanServerConnection()
                        .getAttribute(new ObjectName(THREADS), "TotalThreadAllocatedBytes"))
                .doubleValue();
    }

    /** That it runs on its own home's jars and no other's: what is measured is what was meant. */
    void mustHaveOnly(Path home) throws IOException {
        boolean own = false;
        try (var files = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path file : files) {
                String target = Files.isSymbolicLink(file)
                        ? Files.readSymbolicLink(file).toString()
                        : "";
                if (target.endsWith("-SNAPSHOT.jar") || target.contains("/gateway-runtime-")) {
                    if (!target.startsWith(home + "/")) {
                        throw new IOException("The server of " + home + " has opened " + target);
                    }
                    own = true;
                }
            }
        }
        if (!own) {
            throw new IOException("The server of " + home + " has opened no jar of its own");
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        if (jmx != null) {
            try {
                jmx.close();
            } catch (IOException gone) {
                // the process ends next
            }
        }
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
