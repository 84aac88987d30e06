import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Copies a library whose class files are older than stack maps, and writes the same classes in the format of Java 8: the JVM keeps
 * only such in a cache. Instructions, names and line numbers stay as they are; the manifest says what was done.
 *
 * <p>{@code java WithStackMaps.java IN.jar OUT.jar}
 */
final class WithStackMaps {
    private final JarFile jar;
    private final ClassFile format;

    private WithStackMaps(JarFile jar) {
        this.jar = jar;
        this.format = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::resource)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    public static void main(String[] args) throws IOException {
        Path copy = Path.of(args[1]).toAbsolutePath();
        Files.createDirectories(copy.getParent());
        try (JarFile library = new JarFile(args[0]);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            new WithStackMaps(library).copyTo(out);
        }
    }

    private void copyTo(ZipOutputStream out) throws IOException {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            JarEntry entry = entries.nextElement();
            ZipEntry copied = new ZipEntry(entry.getName());
            copied.setTimeLocal(entry.getTimeLocal());
            out.putNextEntry(copied);
            if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                manifest().write(out);
            } else {
                out.write(copy(entry.getName(), bytes(entry)));
            }
            out.closeEntry();
        }
    }

    private byte[] copy(String name, byte[] file) throws IOException {
        if (!name.endsWith(".class")) {
            return file;
        }
        ClassModel old = format.parse(file);
        if (old.majorVersion() >= ClassFile.JAVA_8_VERSION) {
            return file;
        }
        byte[] current = format.transformClass(
                old,
                ClassTransform.dropping(ClassFileVersion.class::isInstance)
                        .andThen(ClassTransform.endHandler(out -> out.withVersion(ClassFile.JAVA_8_VERSION, 0)))
                        .andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
        if (!format.verify(current).isEmpty()) {
            throw new IOException(name + ": " + format.verify(current));
        }
        return current;
    }

    private Manifest manifest() throws IOException {
        Manifest manifest = jar.getManifest();
        manifest.getMainAttributes()
                .put(
                        new Attributes.Name("Modified-By"),
                        "Portcullis: class files written in the format of Java 8, with stack maps; nothing else is changed");
        return manifest;
    }

    private InputStream resource(ClassDesc type) {
        String descriptor = type.descriptorString();
        JarEntry entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private byte[] bytes(JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
