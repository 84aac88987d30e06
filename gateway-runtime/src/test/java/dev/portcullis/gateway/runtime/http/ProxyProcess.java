package dev.portcullis.gateway.runtime.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A proxy in a process of its own, which ends with the test. */
final class ProxyProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final Path output;

    private ProxyProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it and waits until it listens on that port. */
    static ProxyProcess start(Path folder, int port, List<String> command) throws Exception {
        Path output = folder.resolve("output.txt");
        ProxyProcess started = new ProxyProcess(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
        try {
            started.await(port);
            return started;
        } catch (Exception | Error notThere) {
            started.close();
            throw notThere;
        }
    }

    private void await(int port) throws Exception {
        long until = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException notYet) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > until) {
                    throw new AssertionError("The proxy does not listen: " + Files.readString(output), notYet);
                }
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
