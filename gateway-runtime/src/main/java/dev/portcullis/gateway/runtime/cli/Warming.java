package dev.portcullis.gateway.runtime.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts a gateway that nobody else sees, lets it serve what gateways serve, and stops it; the JVM then writes down the
 * classes it loaded and what it learned of them.
 *
 * @param home the distribution
 * @param cache the file to be made
 */
record Warming(Path home, Path cache) {
    private static final int CALLS = 400;
    private static final long LONGEST_SECONDS = 180;

    /** With them every start would compile at once what this run had done often: twice the processor time, and 10 MB. */
    private static final String WITHOUT_PROFILES = " -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining";

    private static final String TOKEN = "a-token-for-a-gateway-that-only-warms-up";

    private record Call(String body, int status) {}

    private static final List<Call> LESSON = List.of(
            new Call("{\"tool\":\"agents_list\",\"args\":{}}", 200),
            new Call("{\"tool\":\"sessions_list\",\"args\":{\"limit\":5},\"sessionKey\":\"agent:main:main\"}", 200),
            new Call("{\"tool\":\"sessions_list\",\"args\":{\"limit\":\"many\\n\"}}", 400),
            new Call("{\"tool\":\"secret_tool\",\"args\":{}}", 404),
            new Call("{\"tool\":", 400),
            new Call("{\"tool\":\"agents_list\"}", 401));

    /** How many bytes it has. */
    long make() throws InterruptedException {
        try {
            Path work = Files.createTempDirectory("portcullis-warm");
            try {
                return make(work);
            } finally {
                delete(work);
            }
        } catch (IOException failed) {
            throw CliException.failed(
                    "The cache " + cache + " cannot be made: " + failed + ". The folder must be there and writable.");
        }
    }

    private long make(Path work) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(cache.resolveSibling(""));
        Path made = folder.resolve(cache.getFileName() + ".new");
        Path log = work.resolve("log");
        Process gateway = start(work, made, folder, log);
        try {
            train(served(gateway, log));
            // the process handle, not Process: a signal that lets it end in order
            gateway.toHandle().destroy();
            if (!gateway.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || !Files.isRegularFile(made)) {
                throw new IOException("the JVM wrote none. It said: " + Files.readString(log));
            }
        } finally {
            gateway.destroyForcibly();
        }
        Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return Files.size(cache);
    }

    private Process start(Path work, Path made, Path folder, Path log) throws IOException {
        List<String> lines = List.of(
                "gateway.auth { mode = token, token = \"" + TOKEN + "\" }",
                "gateway.port = 0",
                "logging.level = error",
                "tools { allow = [\"agents_list\", \"sessions_list\"], deny = [\"secret_*\"] }");
        Path config = Files.write(work.resolve("gateway.conf"), lines);
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/portcullis").toString(),
                "--config",
                config.toString(),
                "--state-dir",
                work.resolve("state").toString(),
                "run");
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("OPENCLAW_") || name.startsWith("PORTCULLIS_GATEWAY"));
        // an option that is split at white space cannot name any file: this one is relative to the working directory
        environment.merge(
                "PORTCULLIS_JAVA_OPTS",
                "-XX:AOTCacheOutput=" + made.getFileName() + WITHOUT_PROFILES,
                (before, more) -> before + " " + more);
        return builder.directory(folder.toFile()).redirectError(log.toFile()).start();
    }

    private static URI served(Process gateway, Path log) throws IOException {
        BufferedReader lines = gateway.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(StartScreen.LISTENS)) {
                return URI.create(line.substring(line.indexOf(StartScreen.LISTENS) + StartScreen.LISTENS.length()));
            }
        }
        throw new IOException("the gateway did not start. It said: " + Files.readString(log));
    }

    private static void train(URI gateway) throws IOException, InterruptedException {
        // who asks for HTTP/2 on the way is refused before anything is learned
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int i = 0; i < CALLS; i++) {
                Call call = LESSON.get(i % LESSON.size());
                HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve("/tools/invoke"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(call.body()));
                if (call.status() != 401) {
                    request.header("Authorization", "Bearer " + TOKEN);
                }
                answered(client, request.build(), call.status());
            }
            answered(client, HttpRequest.newBuilder(gateway.resolve("/healthz")).build(), 200);
            answered(client, HttpRequest.newBuilder(gateway.resolve("/readyz")).build(), 200);
            answered(client, HttpRequest.newBuilder(gateway.resolve("/nowhere")).build(), 404);
        }
    }

    /** A gateway that answers otherwise does not do what is to be learned. */
    private static void answered(HttpClient client, HttpRequest request, int expected)
            throws IOException, InterruptedException {
        int status =
                client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != expected) {
            throw new IOException("the gateway answered " + status + " and not " + expected + " to " + request.method()
                    + " " + request.uri().getPath());
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
