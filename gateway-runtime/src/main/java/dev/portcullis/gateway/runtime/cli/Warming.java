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
                "--json",
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
            if (Json.parse(line).map(Json.Parsed::value).orElse(null) instanceof Map<?, ?> said
                    && said.get("url") instanceof String url) {
                return URI.create(url);
            }
        }
        throw new IOException("the gateway did not start. It said: " + Files.readString(log));
    }

    private static void train(URI gateway) throws IOException, InterruptedException {
        List<String> bodies = List.of(
                "{\"tool\":\"agents_list\",\"args\":{}}",
                "{\"tool\":\"sessions_list\",\"args\":{\"limit\":5},\"sessionKey\":\"agent:main:main\"}",
                "{\"tool\":\"sessions_list\",\"args\":{\"limit\":\"many\\n\"}}",
                "{\"tool\":\"secret_tool\",\"args\":{}}",
                "{\"tool\":");
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < CALLS; i++) {
                HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve("/tools/invoke"))
                        .POST(HttpRequest.BodyPublishers.ofString(bodies.get(i % bodies.size())));
                if (i % 20 != 0) {
                    request.header("Authorization", "Bearer " + TOKEN);
                }
                client.send(request.build(), HttpResponse.BodyHandlers.discarding());
            }
            for (String path : List.of("/healthz", "/readyz", "/nowhere")) {
                client.send(
                        HttpRequest.newBuilder(gateway.resolve(path)).build(), HttpResponse.BodyHandlers.discarding());
            }
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
