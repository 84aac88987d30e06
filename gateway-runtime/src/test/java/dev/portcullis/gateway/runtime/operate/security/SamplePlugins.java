package dev.portcullis.gateway.runtime.operate.security;

import dev.portcullis.gateway.runtime.plugin.PluginSigning;
import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/** Real plugins, compiled once, and a key to sign them with. */
final class SamplePlugins {
    private static final Map<String, String> REACHING = Map.of(
            "", "\"fair\"",
            "process", "new ProcessBuilder(\"true\").toString()",
            "network", "new java.net.Socket().toString()");

    private final Path work;
    private final Map<String, Path> made = new HashMap<>();
    private final String publicKey;

    SamplePlugins(Path work) throws Exception {
        this.work = work;
        this.publicKey = PluginSigning.generate(work.resolve("key.pem"));
    }

    String publicKey() {
        return publicKey;
    }

    /**
     * Puts one into a folder.
     *
     * @param reach the capability that its code uses
     * @param words {@code stated} if it says so, {@code misstated} if it says what nobody understands
     */
    void put(Path folder, String name, String reach, String words) throws Exception {
        String statement = words.endsWith(" misstated")
                ? "{\"" + reach + "\": true, \"everything\": true}"
                : words.endsWith(" stated") ? "{\"" + reach + "\": true}" : "";
        Path jar = made.computeIfAbsent(name + reach + statement, key -> make(name, reach, statement));
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, Subjects.permissions("755"));
        Path copy = Files.copy(jar, folder.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(copy, Subjects.permissions("644"));
    }

    private Path make(String name, String reach, String statement) {
        String module = "acme." + name;
        TinyPlugins.Source source = new TinyPlugins(work.resolve(name + made.size()))
                .source()
                .module(module, "provides dev.portcullis.gateway.api.tool.ToolProvider with " + module + ".Tools;")
                .type(
                        module + ".Tools",
                        TinyPlugins.toolProvider(name + "-provider", name + "_now", REACHING.get(reach)));
        if (!statement.isEmpty()) {
            source.entry("META-INF/portcullis/capabilities.json", statement);
        }
        return source.jar(work.resolve(name + made.size() + ".jar"));
    }

    /** Locks what is there as it is. */
    void lock(Path folder) throws Exception {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> jars = Files.list(folder)) {
            for (Path jar : jars.sorted().toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
                lines.append(HexFormat.of().formatHex(digest))
                        .append("  -  ")
                        .append(jar.getFileName())
                        .append('\n');
            }
        }
        Files.writeString(folder.resolve("plugins.lock"), lines);
    }

    void sign(Path jar) throws Exception {
        PluginSigning.sign(jar, work.resolve("key.pem"));
    }
}
