package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/** Reads one private copy from end to end, within bounds, and runs nothing of it. */
final class JarInspector {
    private static final int PREVIEW = 0xFFFF;
    private static final byte[] MAGIC = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE};
    private static final String VERSIONS = "META-INF/versions/";

    private final PrivateCopies.Copy copy;
    private final JarLimits limits;
    private final List<Refusal> refusals = new ArrayList<>();
    private final Set<String> packages = new HashSet<>();
    private final JarCode code = new JarCode();
    private final byte[] buffer = new byte[32 * 1024];
    private long unpacked;
    private boolean newerClassReported;

    private JarInspector(PrivateCopies.Copy copy, JarLimits limits) {
        this.copy = copy;
        this.limits = limits;
    }

    static JarContents inspect(PrivateCopies.Copy copy, JarLimits limits) {
        return new JarInspector(copy, limits).inspect();
    }

    private JarContents inspect() {
        Map<ProviderKind, List<String>> services = new EnumMap<>(ProviderKind.class);
        Map<String, ProviderClass> providers = new HashMap<>();
        Optional<ModuleDescriptor> descriptor = Optional.empty();
        Optional<byte[]> statement = Optional.empty();
        Attributes manifest = new Attributes();
        try (JarFile jar = new JarFile(copy.file().toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion())) {
            if (walk(jar)) {
                Manifest read = jar.getManifest();
                manifest = read == null ? manifest : read.getMainAttributes();
                descriptor = descriptor(jar);
                statement = statement(jar);
                for (ProviderKind kind : ProviderKind.values()) {
                    services.put(kind, services(jar, kind));
                }
                Set<String> named = new HashSet<>();
                services.values().forEach(named::addAll);
                descriptor.ifPresent(module -> module.provides().forEach(p -> named.addAll(p.providers())));
                for (String name : named) {
                    provider(jar, name).ifPresent(provider -> providers.put(name, provider));
                }
            }
        } catch (SecurityException e) {
            refuse(
                    "its signature (META-INF/*.SF) does not match its content: " + e.getMessage() + ".",
                    "If it was put together from other jars, its author should leave out META-INF/*.SF, *.RSA and *.DSA;"
                            + " else get the plugin again.");
        } catch (IOException | IllegalArgumentException e) {
            refuse(
                    "it cannot be read as a jar: " + e.getMessage() + ".",
                    "It is damaged, was not copied completely, or is no jar: copy it again.");
        }
        return new JarContents(
                copy,
                descriptor,
                Set.copyOf(packages),
                services,
                providers,
                code,
                nested,
                statement,
                Optional.ofNullable(manifest.getValue("Gateway-Api-Version")).map(String::strip),
                manifest.containsKey(Attributes.Name.CLASS_PATH),
                Optional.ofNullable(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION)),
                List.copyOf(refusals));
    }

    private boolean nested;

    /** Whether the jar is harmless to read further. */
    private boolean walk(JarFile jar) throws IOException {
        if (jar.size() > limits.entries()) {
            refuse("it has " + jar.size() + " entries, more than " + limits.entries() + ".", BOMB);
            return false;
        }
        long most = limits.unpackedOf(Files.size(copy.file()));
        for (JarEntry entry : jar.stream().toList()) {
            if (escapes(entry.getName())) {
                refuse(
                        "its entry \"" + printable(entry.getName()) + "\" points outside of the jar.",
                        "No build tool makes such a jar: do not trust it.");
                return false;
            }
            if (!read(jar, entry, most)) {
                return false;
            }
        }
        return true;
    }

    private static final String BOMB = "Check where it came from: no honest plugin looks like this.";

    /** Reads to the end, so that bounds hold for what is there and not for what the directory says; checks sums too. */
    private boolean read(JarFile jar, JarEntry entry, long most) throws IOException {
        String name = entry.getName();
        boolean isClass = name.endsWith(".class");
        nested |= name.endsWith(".jar");
        long mostOfEntry = isClass || JarLimits.whole(name) ? JarLimits.WHOLE : most;
        byte[] whole = {};
        long size = 0;
        try (InputStream in = jar.getInputStream(entry)) {
            long enough = Math.min(mostOfEntry, most - unpacked) + 1;
            if (isClass) {
                whole = whole(in, (int) enough);
                size = whole.length;
            } else {
                for (int n = in.read(buffer); n >= 0 && size < enough; n = in.read(buffer)) {
                    size += n;
                }
            }
        }
        unpacked += size;
        if (unpacked > most) {
            refuse("it unpacks to more than " + (most >> 20) + " MiB.", BOMB);
            return false;
        }
        if (size > mostOfEntry) {
            refuse("its entry \"" + printable(name) + "\" unpacks to more than " + (mostOfEntry >> 20) + " MiB.", BOMB);
            return false;
        }
        if (isClass) {
            classFile(name, whole);
            code.add(name, whole);
        }
        return true;
    }

    /** Most fit into the buffer, so that no more is allocated for one than it has. */
    private byte[] whole(InputStream in, int most) throws IOException {
        int size = in.readNBytes(buffer, 0, buffer.length);
        if (size < buffer.length) {
            return Arrays.copyOf(buffer, size);
        }
        byte[] rest = in.readNBytes(Math.max(0, most - size));
        byte[] whole = Arrays.copyOf(buffer, size + rest.length);
        System.arraycopy(rest, 0, whole, size, rest.length);
        return whole;
    }

    private void classFile(String name, byte[] bytes) {
        String path = name;
        if (name.startsWith(VERSIONS)) {
            int slash = name.indexOf('/', VERSIONS.length());
            if (slash < 0 || !usedVersion(name.substring(VERSIONS.length(), slash))) {
                return;
            }
            path = name.substring(slash + 1);
        }
        if (path.lastIndexOf('/') > 0 && !path.startsWith("META-INF/")) {
            packages.add(path.substring(0, path.lastIndexOf('/')).replace('/', '.'));
        }
        if (newerClassReported || !startsLikeAClass(bytes)) {
            return; // the class loader will say that this is no class, if anybody asks for it
        }
        int minor = ((bytes[4] & 0xFF) << 8) | (bytes[5] & 0xFF);
        int major = ((bytes[6] & 0xFF) << 8) | (bytes[7] & 0xFF);
        int feature = Runtime.version().feature();
        if (major > feature + 44) {
            newerClassReported = true;
            refuse(
                    "its class " + printable(path) + " was compiled for Java " + (major - 44)
                            + ", and this gateway runs on Java " + feature + ".",
                    "Run the gateway on a JDK " + (major - 44) + " or later, or compile the plugin with --release "
                            + feature + ".");
        } else if (minor == PREVIEW) {
            newerClassReported = true;
            refuse(
                    "its class " + printable(path) + " uses preview features of Java " + (major - 44)
                            + ", which this gateway does not enable.",
                    "Compile the plugin without --enable-preview.");
        }
    }

    private static boolean startsLikeAClass(byte[] bytes) {
        return bytes.length >= 8 && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private static boolean usedVersion(String version) {
        try {
            return Integer.parseInt(version) <= Runtime.version().feature();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Optional<ModuleDescriptor> descriptor(JarFile jar) throws IOException {
        JarEntry entry = jar.getJarEntry("module-info.class");
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Optional.of(ModuleDescriptor.read(in, () -> packages));
        } catch (InvalidModuleDescriptorException e) {
            refuse("its module descriptor is not valid: " + e.getMessage() + ".", "Build the plugin again.");
            return Optional.empty();
        }
    }

    private static Optional<byte[]> statement(JarFile jar) throws IOException {
        JarEntry entry = jar.getJarEntry(CapabilityStatement.ENTRY);
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Optional.of(in.readNBytes(CapabilityStatement.LARGEST));
        }
    }

    private static List<String> services(JarFile jar, ProviderKind kind) throws IOException {
        JarEntry entry = jar.getJarEntry("META-INF/services/" + kind.service().getName());
        if (entry == null) {
            return List.of();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    private Optional<ProviderClass> provider(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name.replace('.', '/') + ".class");
        if (entry == null) {
            return Optional.empty();
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Optional.of(ProviderClass.parse(in.readAllBytes()));
        } catch (IllegalArgumentException e) {
            if (newerClassReported) {
                return Optional.empty();
            }
            refuse("its class " + printable(name) + " is damaged: " + e.getMessage() + ".", "Build the plugin again.");
            return Optional.empty();
        }
    }

    private void refuse(String why, String remedy) {
        Path original = copy.original();
        refusals.add(new Refusal(original.getFileName() + ": " + why, remedy));
    }

    private static boolean escapes(String name) {
        return name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || (name.indexOf(':') == 1 && name.matches("[A-Za-z]:.*"))
                || (name.contains("..") && List.of(name.split("/", -1)).contains(".."));
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
