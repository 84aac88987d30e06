package dev.portcullis.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gateway from the real archive, in a folder of its own with a space in its path, on a free port, with an empty state. */
final class UnpackedGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final Path home;
    private Path state;
    private final Path output;
    private final int port;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Process process;

    private UnpackedGateway(Path folder, Path zip) {
        this.folder = folder.resolve("an unpacked gateway");
        this.home = Archive.unpackInto(this.folder, zip);
        this.state = this.folder.resolve("state");
        this.output = this.folder.resolve("output.txt");
        this.port = freePort();
    }

    static UnpackedGateway in(Path folder) {
        return new UnpackedGateway(folder, Archive.ZIP);
    }

    /** From the bundle, and told of no Java. */
    static UnpackedGateway ofBundle(Path folder) {
        return new UnpackedGateway(folder, Archive.BUNDLE)
                .withEnvironment("PORTCULLIS_JAVA_HOME", "")
                .withEnvironment("JAVA_HOME", "");
    }

    /** Uses this configuration instead of the shipped one. */
    UnpackedGateway configured(String hocon) {
        try {
            environment.put(
                    "PORTCULLIS_CONFIG_PATH",
                    Files.writeString(folder.resolve("gateway.conf"), hocon).toString());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a user with this home, who says nowhere where the state is. */
    UnpackedGateway atHome(Path home) {
        state = home.resolve(".portcullis");
        return withEnvironment("HOME", home.toString());
    }

    UnpackedGateway withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Drops a jar into {@code plugins/}. */
    UnpackedGateway withPlugin(Path jar) {
        try {
            Files.copy(jar, plugins().resolve(jar.getFileName()));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UnpackedGateway start() {
        launch();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!(ready() && told())) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The gateway ended with " + process.exitValue() + ":\n" + output());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The gateway is not ready after " + PATIENCE + ":\n" + output());
            }
            pause();
        }
        return this;
    }

    /** Starts it, expecting that it ends by itself. */
    int startAndWaitForTheEnd() {
        launch();
        return waitForTheEnd();
    }

    /** Asks it to stop as a service manager would. */
    int stop() {
        process.toHandle().destroy();
        return waitForTheEnd();
    }

    /** Runs another command of this distribution. */
    CommandResult command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(arguments));
        return run(builder(command));
    }

    /** Runs lines as somebody types them who has {@code portcullis} on the path; stops at the first that fails. */
    CommandResult shell(Path directory, Path alsoOnPath, String script) {
        ProcessBuilder shell =
                builder(List.of("bash", "-e", "-u", "-c", script)).directory(directory.toFile());
        shell.environment().merge("PATH", alsoOnPath + ":" + launcher().getParent(), (old, first) -> first + ":" + old);
        return run(shell);
    }

    private CommandResult run(ProcessBuilder builder) {
        try {
            Path answer = Files.createTempFile(folder, "command", ".txt");
            Path errors = Files.createTempFile(folder, "command", ".txt");
            Process other = builder.redirectOutput(answer.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!other.waitFor(3 * PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                other.destroyForcibly();
                throw new IllegalStateException(builder.command() + " does not end");
            }
            return new CommandResult(other.exitValue(), Files.readString(answer), Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    record CommandResult(int exit, String out, String err) {}

    HttpResponse<String> invoke(String body) {
        return invoke(body, Map.of("Authorization", "Bearer " + token()));
    }

    HttpResponse<String> invoke(String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/tools/invoke"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer; the gateway said:\n" + output(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    Path home() {
        return home;
    }

    Path state() {
        return state;
    }

    Path plugins() {
        return home.resolve("plugins");
    }

    Path launcher() {
        return home.resolve("bin/portcullis");
    }

    Path tokenFile() {
        return state.resolve("gateway.token");
    }

    /** The token the gateway made for itself. */
    String token() {
        return read(tokenFile()).strip();
    }

    String output() {
        return read(output);
    }

    /** Of calls and of refusals, in the order of their times, with which they begin. */
    List<String> auditLines() {
        return Stream.of("audit.jsonl", "audit-refused.jsonl")
                .flatMap(name -> read(state.resolve(name)).lines())
                .sorted()
                .toList();
    }

    /** Every file that the gateway left, and its output. */
    List<Path> traces() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(home.resolve("lib")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        if (process != null && process.isAlive()) {
            process.destroyForcibly();
            waitForTheEnd();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch() {
        try {
            process = builder(List.of(launcher().toString(), "run"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PORTCULLIS_") || name.startsWith("OPENCLAW_"));
        builder.environment().put("PORTCULLIS_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PORTCULLIS_STATE_DIR", state.toString());
        builder.environment().put("PORTCULLIS_GATEWAY_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        if (state.endsWith(".portcullis")) {
            builder.environment().remove("PORTCULLIS_STATE_DIR");
        }
        return builder;
    }

    /** Whether it said what it serves, which it does once it serves. */
    private boolean told() {
        String said = output();
        return said.contains(" listens on ") || said.contains("\"started\"");
    }

    private boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri("/readyz"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int waitForTheEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The gateway does not end:\n" + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
