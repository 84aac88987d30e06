package dev.portcullis.gateway.runtime.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plugin's code reaches for, apart from computing: the words of a capability statement. Judged by the members of the
 * JDK that class files name, so it shows what is meant to be seen, and not what is hidden. A module that is only required is not
 * used: most libraries require more than they are used for.
 */
enum Capability {
    /** Opens connections or looks up hosts. */
    NETWORK(
            "java/net/http/HttpClient",
            "java/net/Socket",
            "java/net/ServerSocket",
            "java/net/DatagramSocket",
            "java/net/MulticastSocket",
            "java/net/InetAddress",
            "java/net/HttpURLConnection",
            "java/net/URLConnection",
            "java/net/URL.open",
            "java/net/URL.getContent",
            "java/nio/channels/SocketChannel",
            "java/nio/channels/ServerSocketChannel",
            "java/nio/channels/DatagramChannel",
            "java/nio/channels/AsynchronousSocketChannel",
            "java/nio/channels/AsynchronousServerSocketChannel",
            "javax/net/",
            "com/sun/net/httpserver/",
            "java/rmi/",
            "javax/naming/",
            "java/sql/DriverManager",
            "java/sql/Driver.connect",
            "javax/sql/DataSource"),
    /** Reads or writes files. */
    FILES(
            "java/io/File.",
            "java/io/FileInputStream",
            "java/io/FileOutputStream",
            "java/io/FileReader",
            "java/io/FileWriter",
            "java/io/RandomAccessFile",
            "java/nio/file/Files",
            "java/nio/file/FileSystem",
            "java/nio/file/WatchService",
            "java/nio/channels/FileChannel",
            "java/nio/channels/AsynchronousFileChannel",
            "java/util/zip/ZipFile",
            "java/util/jar/JarFile",
            "java/util/logging/FileHandler"),
    /** Starts or ends processes. */
    PROCESS(
            "java/lang/ProcessBuilder",
            "java/lang/ProcessHandle",
            "java/lang/Runtime.exec",
            "java/lang/Runtime.exit",
            "java/lang/Runtime.halt",
            "java/lang/System.exit",
            "com/sun/tools/attach/"),
    /** Calls native code or touches memory directly. */
    NATIVE(
            "java/lang/System.load",
            "java/lang/Runtime.load",
            "java/lang/foreign/Linker",
            "java/lang/foreign/SymbolLookup",
            "java/lang/foreign/MemorySegment.reinterpret",
            "sun/misc/Unsafe"),
    /** Starts threads of its own. */
    THREADS(
            "java/lang/Thread.<init>",
            "java/lang/Thread.start",
            "java/lang/Thread.of",
            "java/lang/Thread$Builder",
            "java/util/Timer.<init>",
            "java/util/concurrent/Executors.new",
            "java/util/concurrent/ThreadPoolExecutor.<init>",
            "java/util/concurrent/ScheduledThreadPoolExecutor.<init>",
            "java/util/concurrent/ForkJoinPool.",
            "java/util/concurrent/StructuredTaskScope"),
    /** Reaches into classes by name. */
    REFLECTION(
            "java/lang/Class.forName",
            "java/lang/Class.getMethod",
            "java/lang/Class.getDeclared",
            "java/lang/Class.getField",
            "java/lang/Class.getConstructor",
            "java/lang/Class.newInstance",
            "java/lang/ClassLoader.<init>",
            "java/lang/ClassLoader.defineClass",
            "java/lang/ClassLoader.loadClass",
            "java/lang/invoke/MethodHandles.lookup",
            "java/lang/invoke/MethodHandles.privateLookupIn",
            "java/lang/reflect/Method.",
            "java/lang/reflect/Field.",
            "java/lang/reflect/Constructor.",
            "java/lang/reflect/Proxy",
            "java/lang/reflect/AccessibleObject",
            "java/net/URLClassLoader",
            "java/lang/instrument/");

    /** Sorted; none begins with another, so what a member begins with is the last that does not come after it. */
    private static final NavigableMap<String, Capability> BY_BEGINNING = new TreeMap<>();

    static {
        for (Capability one : values()) {
            one.members.forEach(beginning -> BY_BEGINNING.put(beginning, one));
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // is one that cannot be changed
    private final List<String> members;

    /** @param members beginnings of {@code owner.member} */
    Capability(String... members) {
        this.members = List.of(members);
    }

    /** The word of a statement. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> allWords() {
        return Arrays.stream(values()).map(Capability::word).toList();
    }

    /** Whether one of the type's members may be one. */
    static boolean mayBeOf(String owner) {
        String type = owner + ".";
        String next = BY_BEGINNING.ceilingKey(type);
        return of(type).isPresent() || (next != null && next.startsWith(type));
    }

    static Optional<Capability> of(ClassOutline.Member member) {
        return of(member.owner() + "." + member.name());
    }

    /** @param member with its owner */
    static Optional<Capability> of(String member) {
        Map.Entry<String, Capability> nearest = BY_BEGINNING.floorEntry(member);
        return nearest != null && member.startsWith(nearest.getKey())
                ? Optional.of(nearest.getValue())
                : Optional.empty();
    }

    /** For all. */
    static Set<String> beginnings() {
        return BY_BEGINNING.keySet();
    }
}
