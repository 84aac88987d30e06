package dev.portcullis.gateway.runtime.zoo;

import static dev.portcullis.gateway.runtime.zoo.Specimen.of;

import dev.portcullis.gateway.runtime.plugin.TinyPlugins;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Plugins that must not load, one fault each. */
final class Specimens {
    private static final int JAVA = Runtime.version().feature();
    private static final String NOBODY = "nobody";
    private static final String NOGROUP = "nogroup";

    private Specimens() {}

    static List<Specimen> all() {
        List<Specimen> all = new ArrayList<>();
        all.addAll(files());
        all.addAll(providers());
        all.addAll(modules());
        all.addAll(versions());
        all.addAll(names());
        all.addAll(nulls());
        all.addAll(code());
        all.addAll(ends());
        return all;
    }

    private static List<Specimen> files() {
        return List.of(
                of("truncated.jar", "it cannot be read as a jar", "copy it again", (tiny, at) -> {
                    byte[] bytes = Files.readAllBytes(
                            Sources.tool(tiny, "truncated", "return null;").jar(at));
                    Files.write(at, Arrays.copyOf(bytes, bytes.length / 2));
                }),
                of("empty.jar", "it cannot be read as a jar", "copy it again", (tiny, at) -> Files.createFile(at)),
                of(
                        "text.jar",
                        "it cannot be read as a jar",
                        "copy it again",
                        (tiny, at) -> Files.writeString(at, "I am a text\n".repeat(100))),
                of("damaged.jar", "it cannot be read as a jar", "copy it again", (tiny, at) -> {
                    Sources.tool(tiny, "damaged", "return null;")
                            .entry("data.txt", "x".repeat(10) + "MARK".repeat(50))
                            .jar(at);
                    byte[] bytes = Files.readAllBytes(at);
                    // its name stands in the local header, right before the compressed bytes
                    int data = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("data.txt") + 12;
                    bytes[data] ^= 0x55;
                    Files.write(at, bytes);
                }),
                of("bomb.jar", "entries, more than 100000", "Check where it came from", (tiny, at) -> {
                    try (OutputStream out = Files.newOutputStream(at);
                            ZipOutputStream zip = new ZipOutputStream(out)) {
                        for (int i = 0; i <= 100_000; i++) {
                            zip.putNextEntry(new ZipEntry("e" + i));
                        }
                    }
                }),
                of(
                        "inflating.jar",
                        "inflating.jar: it unpacks to more than ",
                        "Check where it came from",
                        (tiny, at) -> zeros(at, "data.bin", 1L << 30)),
                of(
                        "heavyclass.jar",
                        "its entry \"zoo/Heavy.class\" unpacks to more than 32 MiB",
                        "Check where it came from",
                        (tiny, at) -> zeros(at, "zoo/Heavy.class", 60L << 20)),
                of(
                        "heavymanifest.jar",
                        "its entry \"META-INF/MANIFEST.MF\" unpacks to more than 32 MiB",
                        "Check where it came from",
                        (tiny, at) -> zeros(at, "META-INF/MANIFEST.MF", 60L << 20)),
                of(
                        "escape.jar",
                        "its entry \"../../evil.class\" points outside of the jar",
                        "do not trust it",
                        (tiny, at) -> Sources.tool(tiny, "escape", "return null;")
                                .entry("../../evil.class", "x")
                                .jar(at)),
                of(
                        "writable.jar",
                        "writable.jar can be written by every user of this machine (rw-rw-rw-)",
                        "Run: chmod o-w '",
                        (tiny, at) -> Files.setPosixFilePermissions(
                                Sources.tool(tiny, "writable", "return null;").jar(at),
                                PosixFilePermissions.fromString("rw-rw-rw-"))),
                of(
                        "shared.jar",
                        "shared.jar can be written by the group \"" + NOGROUP + "\" (rw-rw-r--)",
                        "Run: chmod g-w '",
                        (tiny, at) -> {
                            Path jar =
                                    Sources.tool(tiny, "shared", "return null;").jar(at);
                            Files.getFileAttributeView(jar, PosixFileAttributeView.class)
                                    .setGroup(jar.getFileSystem()
                                            .getUserPrincipalLookupService()
                                            .lookupPrincipalByGroupName(NOGROUP));
                            Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-r--"));
                        }),
                of(
                        "leftover.jar",
                        "its signature (META-INF/*.SF) does not match its content",
                        "leave out META-INF/*.SF, *.RSA and *.DSA",
                        (tiny, at) -> leaveSignature(
                                Sources.tool(tiny, "leftover", "return null;").jar(at))),
                of(
                        "nested.jar",
                        "jars inside of a jar are not looked into",
                        "Put its jars beside each other into a folder",
                        (tiny, at) -> entries(at, "BOOT-INF/lib/weather.jar", "PK")),
                of(
                        "dangling.jar",
                        "dangling.jar is a link to /nowhere/weather.jar, and nothing is there",
                        "Correct the link, or remove it",
                        (tiny, at) -> Files.createSymbolicLink(at, Path.of("/nowhere/weather.jar"))),
                of(
                        "foreign.jar",
                        "foreign.jar belongs to the user \"" + NOBODY + "\", and the gateway runs as \"",
                        "Run: chown ",
                        (tiny, at) -> {
                            Sources.tool(tiny, "foreign", "return null;").jar(at);
                            Files.setOwner(
                                    at,
                                    at.getFileSystem()
                                            .getUserPrincipalLookupService()
                                            .lookupPrincipalByName(NOBODY));
                        }),
                of(
                        "noclass.jar",
                        "its module descriptor is not valid",
                        "Build the plugin again",
                        (tiny, at) -> entries(at, "module-info.class", "abc")));
    }

    /** Signs a jar, and adds to what its manifest vouches for, as who merges jars does. */
    private static void leaveSignature(Path jar) throws IOException {
        Path keys = jar.resolveSibling("keys.p12");
        String common = " -storepass changeit -keystore " + keys;
        run("keytool -genkeypair -alias a -keyalg EC -dname CN=a -storetype PKCS12" + common);
        run("jarsigner" + common + " " + jar + " a");
        Files.delete(keys);
        try (java.nio.file.FileSystem inside = java.nio.file.FileSystems.newFileSystem(jar)) {
            Path manifest = inside.getPath("META-INF/MANIFEST.MF");
            Files.writeString(
                    manifest,
                    Files.readString(manifest).replaceAll("(?m)(SHA-(?:256|384)-Digest: ).{8}", "$1AAAAAAAA"));
        }
    }

    private static void run(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
        words.set(
                0,
                Path.of(System.getProperty("java.home"), "bin", words.getFirst())
                        .toString());
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + " failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** A jar of one entry that is all zeros: a thousandth of it. */
    private static void zeros(Path at, String name, long size) throws IOException {
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(at);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            for (long left = size; left > 0; left -= zeros.length) {
                zip.write(zeros);
            }
        }
    }

    private static void entries(Path at, String name, String content) throws IOException {
        try (OutputStream out = Files.newOutputStream(at);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<Specimen> providers() {
        return List.of(
                of(
                        "library.jar",
                        "It provides none of the gateway's services",
                        "put it into the folder of the plugin that needs it",
                        (tiny, at) -> tiny.source()
                                .module("zoo.dependency", "exports zoo.dependency;")
                                .type("zoo.dependency.Nothing", "public class Nothing {}")
                                .jar(at)),
                of(
                        "undeclared.jar",
                        "META-INF/services counts only for a plugin that is no module",
                        "Add \"provides … with …;\"",
                        (tiny, at) -> tiny.source()
                                .module("zoo.undeclared", "exports zoo.undeclared;")
                                .type(
                                        "zoo.undeclared.Tools",
                                        TinyPlugins.toolProvider("undeclared", "undeclared", "\"\""))
                                .entry(Sources.SERVICE, "zoo.undeclared.Tools")
                                .jar(at)),
                of(
                        "absent.jar",
                        "The tool provider zoo.absent.Tools is declared, but no jar of the plugin has this class",
                        "Correct the declaration",
                        (tiny, at) -> Sources.tool(tiny, "absent", "return null;")
                                .type("zoo.absent.Other", "class Other {}")
                                .without("zoo/absent/Tools.class")
                                .jar(at)),
                of(
                        "private.jar",
                        "zoo.hidden.Tools is abstract or not public",
                        "Make it a public class",
                        (tiny, at) -> tiny.source()
                                .type(
                                        "zoo.hidden.Tools",
                                        TinyPlugins.toolProvider("hidden", "hidden", "\"\"")
                                                .replace("public class", "class"))
                                .entry(Sources.SERVICE, "zoo.hidden.Tools")
                                .jar(at)),
                of(
                        "constructor.jar",
                        "zoo.constructor.Tools has no public constructor without parameters",
                        "Add one",
                        (tiny, at) -> tiny.source()
                                .type(
                                        "zoo.constructor.Tools",
                                        TinyPlugins.toolProvider("constructor", "constructor", "\"\"")
                                                .replace("ToolProvider {", "ToolProvider { public Tools(int i) {}"))
                                .entry(Sources.SERVICE, "zoo.constructor.Tools")
                                .jar(at)),
                of(
                        "nosubtype.jar",
                        "zoo.nosubtype.Tools not a subtype",
                        "Let the class implement the interface",
                        (tiny, at) -> tiny.source()
                                .type("zoo.nosubtype.Tools", "public class Tools {}")
                                .entry(Sources.SERVICE, "zoo.nosubtype.Tools")
                                .jar(at)),
                of(
                        "nobirth.jar",
                        "The constructor of zoo.nobirth.Tools threw IllegalStateException: no luck",
                        "tell its author",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "nobirth",
                                        "\"nobirth\"",
                                        "return List.of();",
                                        "public Tools() { throw new IllegalStateException(\"no luck\"); }")
                                .jar(at)),
                of(
                        "static.jar",
                        "a static initialiser threw ArithmeticException: / by zero",
                        "tell its author",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "statics",
                                        "\"statics\"",
                                        "return List.of();",
                                        "static final int X = 1 / Integer.parseInt(\"0\");")
                                .jar(at)));
    }

    private static List<Specimen> modules() {
        return List.of(
                of(
                        "missingclass.jar",
                        "needs class zoo.missingclass.Gone, which is in none of the plugin's jars, the JDK or the gateway"
                                + " API",
                        "Put the jar that has it into the plugin's folder",
                        (tiny, at) -> Sources.plain(tiny, "missingclass", "Gone.x(); return List.of();")
                                .type("zoo.missingclass.Gone", "public class Gone { public static void x() {} }")
                                .without("zoo/missingclass/Gone.class")
                                .jar(at)),
                of(
                        "missingmethod.jar",
                        "needs a method that is not there: ",
                        "ship the right one in the plugin's folder",
                        (tiny, at) -> {
                            Path newer = tiny.source()
                                    .type("zoo.lib.Library", "public class Library { public static void newer() {} }")
                                    .jar(at.resolveSibling("work-newer.jar"));
                            Path older = tiny.source()
                                    .type("zoo.lib.Library", "public class Library {}")
                                    .jar(at.resolveSibling("work-older.jar"));
                            Sources.plain(tiny, "missingmethod", "zoo.lib.Library.newer(); return List.of();")
                                    .with(newer)
                                    .entryOf(older, "zoo/lib/Library.class")
                                    .jar(at);
                        }),
                of(
                        "privatelibrary.jar",
                        "needs class picocli.CommandLine, which is in none of the plugin's jars. The gateway has it, in its"
                                + " private module info.picocli, and that is not there for plugins",
                        "Ship your own copy of the library",
                        (tiny, at) -> Sources.plain(
                                        tiny, "privatelibrary", "new picocli.CommandLine(this); return List.of();")
                                .with(TinyPlugins.onModulePath("picocli-"))
                                .jar(at)),
                of(
                        "greedy.jar",
                        "Module zoo.greedy reads the gateway's private module info.picocli",
                        "Ship your own copy of info.picocli in the plugin's folder",
                        (tiny, at) -> Sources.tool(tiny, "greedy", "return null;")
                                .module(
                                        "zoo.greedy",
                                        "requires info.picocli;",
                                        "provides dev.portcullis.gateway.api.tool.ToolProvider with zoo.greedy.Tools;")
                                .with(TinyPlugins.onModulePath("picocli-"))
                                .jar(at)),
                of(
                        "missingmodule.jar",
                        "Module zoo.missingmodule requires module some.lib, which is not among the plugin's jars",
                        "Put the jar of some.lib into the plugin's folder",
                        (tiny, at) -> {
                            Path library = tiny.source()
                                    .moduleWithout("some.lib", "exports some;")
                                    .type("some.Thing", "public class Thing {}")
                                    .jar(at.resolveSibling("work-some-lib.jar"));
                            Sources.tool(tiny, "missingmodule", "return null;")
                                    .module(
                                            "zoo.missingmodule",
                                            "requires some.lib;",
                                            "provides dev.portcullis.gateway.api.tool.ToolProvider with"
                                                    + " zoo.missingmodule.Tools;")
                                    .with(library)
                                    .jar(at);
                        }),
                of(
                        "splitapi.jar",
                        "contains package dev.portcullis.gateway.api.tool of the gateway API",
                        "Do not pack gateway-api into the plugin",
                        (tiny, at) -> Sources.tool(tiny, "splitapi", "return null;")
                                .entry("dev/portcullis/gateway/api/tool/Mine.class", "x".repeat(20))
                                .jar(at)),
                of(
                        "apicopy",
                        "gateway-api.jar is a copy of the gateway API, which the gateway brings itself",
                        "Remove it from the plugin's folder",
                        (tiny, at) -> {
                            Sources.tool(tiny, "apicopy", "return null;").jar(at.resolve("plugin.jar"));
                            tiny.source()
                                    .moduleWithout("dev.portcullis.gateway.api", "exports some;")
                                    .type("some.Thing", "public class Thing {}")
                                    .jar(at.resolve("gateway-api.jar"));
                        }),
                of(
                        "splitpackage",
                        "Its modules do not fit together: Package zoo.splitpackage in more than one module",
                        "Two of its jars contain the same package: keep one of them",
                        (tiny, at) -> {
                            Path library = tiny.source()
                                    .moduleWithout("other.lib", "exports other;")
                                    .type("other.X", "public class X {}")
                                    .type("zoo.splitpackage.Y", "public class Y {}")
                                    .jar(at.resolve("lib.jar"));
                            Sources.tool(tiny, "splitpackage", "return null;")
                                    .module(
                                            "zoo.splitpackage",
                                            "requires other.lib;",
                                            "provides dev.portcullis.gateway.api.tool.ToolProvider with"
                                                    + " zoo.splitpackage.Tools;")
                                    .with(library)
                                    .jar(at.resolve("plugin.jar"));
                        }),
                of(
                        "ours.jar",
                        "calls itself module dev.portcullis.gateway.tools, a name of the gateway",
                        "Give the module a name of its own",
                        (tiny, at) -> tiny.tool("dev.portcullis.gateway.tools", "ours", "ours")
                                .jar(at)),
                of(
                        "thejdks.jar",
                        "calls itself module jdk.jshell, a name of the JDK",
                        "Give the module a name of its own",
                        (tiny, at) ->
                                tiny.tool("jdk.jshell", "thejdks", "thejdks").jar(at)));
    }

    private static List<Specimen> versions() {
        return List.of(
                of(
                        "newerminor.jar",
                        "was compiled against version 1.7 of the gateway API, and this gateway has 1.0",
                        "Update the gateway to API 1.7 or later",
                        (tiny, at) -> Sources.tool(tiny, "newerminor", "return null;")
                                .changing("module-info.class", TinyPlugins.builtAgainst("1.7.0"))
                                .jar(at)),
                of(
                        "othermajor.jar",
                        "version 0.9 of the gateway API, and this gateway has 1.0: another major version is not compatible",
                        "Get a release of the plugin for API 1.x",
                        (tiny, at) -> Sources.tool(tiny, "othermajor", "return null;")
                                .changing("module-info.class", TinyPlugins.builtAgainst("0.9.0"))
                                .jar(at)),
                of(
                        "plainmajor.jar",
                        "version 2.1 of the gateway API",
                        "Update the gateway to API 2.x",
                        (tiny, at) -> Sources.plain(tiny, "plainmajor", "return List.of();")
                                .attribute("Gateway-Api-Version", "2.1")
                                .jar(at)),
                of(
                        "noversion.jar",
                        "version \"latest\" of the gateway API, which is no version",
                        "Correct Gateway-Api-Version",
                        (tiny, at) -> Sources.plain(tiny, "noversion", "return List.of();")
                                .attribute("Gateway-Api-Version", "latest")
                                .jar(at)),
                of(
                        "newerapi.jar",
                        "does not have: zoo.newerapi.Tools uses dev.portcullis.gateway.api.tool.ToolDescriptor$Builder.builk()",
                        "It was compiled against another version of gateway-api",
                        (tiny, at) -> Sources.tool(tiny, "newerapi", "return null;")
                                .changing(
                                        "zoo/newerapi/Tools.class",
                                        bytes -> new String(bytes, StandardCharsets.ISO_8859_1)
                                                .replace("build", "builk")
                                                .getBytes(StandardCharsets.ISO_8859_1))
                                .jar(at)),
                of(
                        "leavesout.jar",
                        "asks for: zoo.leavesout.Tools does not implement dev.portcullis.gateway.api.tool.ToolProvider.tools(PluginContext)",
                        "It was compiled against another version of gateway-api",
                        (tiny, at) -> Sources.tool(tiny, "leavesout", "return null;")
                                .changing("zoo/leavesout/Tools.class", TinyPlugins.lacking("tools"))
                                .jar(at)),
                of(
                        "newerjava.jar",
                        "was compiled for Java " + (JAVA + 1) + ", and this gateway runs on Java " + JAVA,
                        "Run the gateway on a JDK " + (JAVA + 1) + " or later",
                        (tiny, at) -> Sources.tool(tiny, "newerjava", "return null;")
                                .changing("zoo/newerjava/Tools.class", bytes -> {
                                    bytes[7] = (byte) (JAVA + 44 + 1);
                                    return bytes;
                                })
                                .jar(at)),
                of(
                        "preview.jar",
                        "uses preview features of Java " + JAVA,
                        "Compile the plugin without --enable-preview",
                        (tiny, at) -> Sources.tool(tiny, "preview", "return null;")
                                .changing("zoo/preview/Tools.class", bytes -> {
                                    bytes[4] = (byte) 0xFF;
                                    bytes[5] = (byte) 0xFF;
                                    return bytes;
                                })
                                .jar(at)));
    }

    private static List<Specimen> names() {
        String neither = "Keep one of the plugins, or switch one off";
        return List.of(
                of(
                        "twin-a.jar",
                        "Its tool \"twins\" has the name of one of twin-b.jar, and neither can be preferred",
                        neither,
                        (tiny, at) -> Sources.provider(tiny, "twina", "\"twin-a\"", "return List.of(tool(\"twins\"));")
                                .jar(at)),
                of(
                        "twin-b.jar",
                        "Its tool \"twins\" has the name of one of twin-a.jar, and neither can be preferred",
                        neither,
                        (tiny, at) -> Sources.provider(tiny, "twinb", "\"twin-b\"", "return List.of(tool(\"twins\"));")
                                .jar(at)),
                of(
                        "double.jar",
                        "zoo.doubled.Tools offers two tools named \"twice\"",
                        "Tool names must be unique",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "doubled",
                                        "\"doubled\"",
                                        "return List.of(tool(\"twice\"), tool(\"twice\"));")
                                .jar(at)),
                of(
                        "reservedtool.jar",
                        "Its tool \"sessions_list\" has the name of one of the built-in dev.portcullis.gateway.tools, which"
                                + " keeps it",
                        neither,
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "reservedtool",
                                        "\"reservedtool\"",
                                        "return List.of(tool(\"sessions_list\"));")
                                .jar(at)),
                of(
                        "reservedname.jar",
                        "Its provider \"token\" has the name of one of the built-in dev.portcullis.gateway.auth, which keeps"
                                + " it",
                        "Rename one of them",
                        (tiny, at) -> Sources.provider(
                                        tiny, "reservedname", "\"token\"", "return List.of(tool(\"token_tool\"));")
                                .jar(at)),
                of(
                        "badname.jar",
                        "calls itself \"Bad_Name\", which is not a valid name",
                        "Use lower-case letters, digits and '-'",
                        (tiny, at) -> Sources.provider(tiny, "badname", "\"Bad_Name\"", "return List.of();")
                                .jar(at)),
                of(
                        "badtool.jar",
                        "tools(…) threw IllegalArgumentException: Tool name \"Not Valid\" is not valid: lower-case letters",
                        "tell its author",
                        (tiny, at) -> Sources.provider(
                                        tiny, "badtool", "\"badtool\"", "return List.of(tool(\"Not Valid\"));")
                                .jar(at)));
    }

    private static List<Specimen> nulls() {
        String author = "This is a fault of the plugin: tell its author";
        return List.of(
                of(
                        "nullname.jar",
                        "zoo.nullname.Tools: name() returned null, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.provider(tiny, "nullname", "null", "return List.of();")
                                .jar(at)),
                of(
                        "nulltools.jar",
                        "zoo.nulltools.Tools: tools(…) returned null, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.provider(tiny, "nulltools", "\"nulltools\"", "return null;")
                                .jar(at)),
                of(
                        "nulltool.jar",
                        "tools(…) returned a list with a null in it, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.provider(
                                        tiny, "nulltool", "\"nulltool\"", "return Arrays.asList(tool(\"a\"), null);")
                                .jar(at)),
                of(
                        "nulldescriptor.jar",
                        "descriptor() of a tool returned null, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "nulldescriptor",
                                        "\"nulldescriptor\"",
                                        "return List.of(new Tool() { public ToolDescriptor descriptor() { return null; }"
                                                + " public ToolResult invoke(ToolInvocation c) { return null; } });")
                                .jar(at)),
                of(
                        "nullpolicyname.jar",
                        "zoo.nullpolicyname.Rules: name() returned null, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.policy(tiny, "nullpolicyname", "null", "return null;")
                                .jar(at)),
                of(
                        "nullpolicy.jar",
                        "zoo.nullpolicy.Rules: create(…) returned null, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.policy(tiny, "nullpolicy", "\"nullpolicy\"", "return null;")
                                .jar(at)),
                of(
                        "norules.jar",
                        "create(…) threw IllegalStateException: no rules.",
                        "If the message does not say what it lacks",
                        (tiny, at) -> Sources.policy(
                                        tiny,
                                        "norules",
                                        "\"norules\"",
                                        "throw new IllegalStateException(\"no rules\");")
                                .jar(at)),
                of(
                        "nullauthname.jar",
                        "zoo.nullauthname.Keys: name() returned null, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.auth(tiny, "nullauthname", "null", "Kind.IDENTITY", "return null;")
                                .jar(at)),
                of(
                        "nullkind.jar",
                        "zoo.nullkind.Keys: kind() returned null, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.auth(tiny, "nullkind", "\"nullkind\"", "null", "return null;")
                                .jar(at)),
                of(
                        "nullauth.jar",
                        "zoo.nullauth.Keys: create(…) returned null, which its contract excludes",
                        author,
                        (tiny, at) -> Sources.auth(tiny, "nullauth", "\"nullauth\"", "Kind.IDENTITY", "return null;")
                                .jar(at)));
    }

    private static List<Specimen> code() {
        return List.of(
                of(
                        "badschema.jar",
                        "Tool \"odd\": input schema is not valid JSON Schema 2020-12",
                        "Correct the tool's input schema",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "badschema",
                                        "\"badschema\"",
                                        "return List.of(Tool.of(ToolDescriptor.named(\"odd\").input(InputSchema.of(Map.of("
                                                + "\"type\", \"object\", \"properties\", Map.of(\"a\", Map.of(\"type\","
                                                + " \"strange\"))))).build(), c -> null));")
                                .jar(at)),
                of(
                        "crowd.jar",
                        "tools(…) returned 1001 tools, more than 1000",
                        "Offer fewer tools",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "crowd",
                                        "\"crowd\"",
                                        "List<Tool> all = new ArrayList<>(); for (int i = 0; i < 1001; i++) all.add(tool(\"t\""
                                                + " + i)); return all;")
                                .jar(at)),
                of(
                        "noservice.jar",
                        "tools(…) threw IOException: no answer from the service",
                        "If the message does not say what it lacks",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "noservice",
                                        "\"noservice\"",
                                        "throw new java.io.IOException(\"no answer from the service\");")
                                .jar(at)),
                of(
                        "unconfigured.jar",
                        "refused to start: plugins.entries.unconfigured.config.service is missing or blank",
                        "Do what it says",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "unconfigured",
                                        "\"unconfigured\"",
                                        "context.config().requiredString(\"service\"); return List.of();")
                                .jar(at)),
                of(
                        "forger.jar",
                        "tools(…) threw IllegalStateException: one line ERROR Plugin good.jar is not loaded",
                        "If the message does not say what it lacks",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "forger",
                                        "\"forger\"",
                                        "throw new IllegalStateException(\"one line\\nERROR Plugin good.jar is not loaded\");")
                                .jar(at)),
                of(
                        "error.jar",
                        "tools(…) threw Error: odd",
                        "This is a fault of the plugin",
                        (tiny, at) -> Sources.provider(tiny, "odd", "\"odd\"", "throw new Error(\"odd\");")
                                .jar(at)),
                of(
                        "throwable.jar",
                        "tools(…) threw Throwable: neither exception nor error",
                        "This is a fault of the plugin",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "sneaky",
                                        "\"sneaky\"",
                                        "Tools.<RuntimeException>sneak(new Throwable(\"neither exception nor error\"));"
                                                + " return List.of();",
                                        "@SuppressWarnings(\"unchecked\") static <T extends Throwable> void"
                                                + " sneak(Throwable t) throws T { throw (T) t; }")
                                .jar(at)),
                of(
                        "recursion.jar",
                        "tools(…) recursed without end (StackOverflowError)",
                        "This is a fault of the plugin",
                        (tiny, at) -> Sources.provider(tiny, "recursion", "\"recursion\"", "return tools(context);")
                                .jar(at)),
                of(
                        "memory.jar",
                        "tools(…) ran out of memory: pretended",
                        "This is a fault of the plugin",
                        (tiny, at) -> Sources.provider(
                                        tiny, "memory", "\"memory\"", "throw new OutOfMemoryError(\"pretended\");")
                                .jar(at)),
                of(
                        "quitter.jar",
                        "a static initialiser threw SecurityException: A plugin must not end the gateway",
                        "This is a fault of the plugin",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "quitter",
                                        "\"quitter\"",
                                        "return List.of();",
                                        "static { Runtime.getRuntime().halt(3); }")
                                .jar(at)),
                of(
                        "unclosable.jar",
                        "tools(…) threw IllegalStateException: no luck",
                        "If the message does not say what it lacks",
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "unclosable",
                                        "\"unclosable\"",
                                        "throw new IllegalStateException(\"no luck\");",
                                        "public void close() { throw new Error(\"no end either\"); }")
                                .jar(at)));
    }

    /** Code that does not come back while it is loaded. */
    private static List<Specimen> ends() {
        String wait = "Check what it waits for";
        return List.of(
                of(
                        "sleeper.jar",
                        "zoo.sleeper.Tools.tools(…) did not come back within the load deadline; it was at java.base/",
                        wait,
                        (tiny, at) -> Sources.provider(
                                        tiny, "sleeper", "\"sleeper\"", "Thread.sleep(1000000); return List.of();")
                                .jar(at)),
                of(
                        "spinner.jar",
                        "zoo.spinner.Tools.tools(…) did not come back within the load deadline; it was at ",
                        wait,
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "spinner",
                                        "\"spinner\"",
                                        "while (!Boolean.getBoolean(\"zoo.stop\")) {} return List.of();")
                                .jar(at)),
                of(
                        "deadlock.jar",
                        "zoo.deadlock.Tools.tools(…) did not come back within the load deadline; it was at ",
                        wait,
                        (tiny, at) -> Sources.provider(
                                        tiny,
                                        "deadlock",
                                        "\"deadlock\"",
                                        "Object a = new Object(), b = new Object();"
                                                + " var both = new java.util.concurrent.CyclicBarrier(2);"
                                                + " Thread.ofPlatform().daemon().start(() -> take(b, a, both)); take(a, b,"
                                                + " both); return List.of();",
                                        "static void take(Object one, Object other, java.util.concurrent.CyclicBarrier both) {"
                                                + " synchronized (one) { try { both.await(); } catch (Exception e) {}"
                                                + " synchronized (other) {} } }")
                                .jar(at)));
    }
}
