package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Rewrites the private copy of a jar so that a call of {@code System.exit}, {@code Runtime.exit} or {@code Runtime.halt} throws
 * instead of ending the gateway, and so that no jar is loaded that its manifest names: those have not been examined. A guard against habits of code that was a program once, and no sandbox: reflection goes past
 * it.
 */
final class ExitGuard {
    private static final String GUARD = "portcullis$exit";
    private static final MethodTypeDesc OF_SYSTEM = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final MethodTypeDesc OF_RUNTIME =
            MethodTypeDesc.of(ConstantDescs.CD_void, RUNTIME, ConstantDescs.CD_int);
    private static final ClassDesc THROWN = ClassDesc.of("java.lang.SecurityException");
    static final String SAID = "A plugin must not end the gateway: its call of exit or halt was stopped";

    private final List<Path> jars;

    /** @param jars of the plugin, where its types are found */
    ExitGuard(List<Path> jars) {
        this.jars = jars;
    }

    static boolean ends(String owner, String method) {
        return switch (owner) {
            case "java/lang/System" -> method.equals("exit");
            case "java/lang/Runtime" -> method.equals("exit") || method.equals("halt");
            default -> false;
        };
    }

    /** Where the guarded copy of a private one is, if it has one. */
    static Path guarded(Path jar) {
        String name = jar.getFileName().toString();
        return jar.resolveSibling(name.substring(0, name.length() - ".jar".length()) + "-guarded.jar");
    }

    /**
     * Writes a guarded copy beside the private one.
     *
     * @param entries names of the class files to be changed
     * @throws IllegalArgumentException if one cannot be changed
     */
    Path guard(Path jar, Set<String> entries) throws IOException {
        Path guarded = guarded(jar);
        Path writing = Files.createTempFile(InstalledFiles.folderOf(jar), "guarding-", ".tmp");
        Types types = new Types();
        try (JarFile from = new JarFile(jar.toFile(), false)) {
            try (OutputStream out = Files.newOutputStream(writing);
                    JarOutputStream to = new JarOutputStream(out)) {
                for (JarEntry entry : from.stream().toList()) {
                    copy(from, entry, to, entries.contains(entry.getName()), types);
                }
            }
            Files.move(
                    writing,
                    guarded,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return guarded;
        } finally {
            types.close();
            Files.deleteIfExists(writing);
        }
    }

    private static void copy(JarFile from, JarEntry entry, JarOutputStream to, boolean changed, Types types)
            throws IOException {
        String name = entry.getName();
        if (signature(name)) {
            return; // was checked before, and no longer fits
        }
        to.putNextEntry(new ZipEntry(name));
        try (InputStream in = from.getInputStream(entry)) {
            if (name.equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
                Manifest manifest = new Manifest(in);
                manifest.getMainAttributes().remove(Attributes.Name.CLASS_PATH);
                manifest.getEntries().clear();
                manifest.write(to);
            } else if (changed) {
                to.write(rewritten(in.readAllBytes(), types));
            } else {
                in.transferTo(to);
            }
        }
        to.closeEntry();
    }

    private static boolean signature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/")
                && upper.indexOf('/', "META-INF/".length()) < 0
                && (upper.endsWith(".SF") || upper.endsWith(".RSA") || upper.endsWith(".DSA") || upper.endsWith(".EC"));
    }

    private static byte[] rewritten(byte[] bytes, Types types) {
        ClassFile format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(types));
        ClassModel model = format.parse(bytes);
        ClassDesc self = model.thisClass().asSymbol();
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        ClassTransform calls = ClassTransform.transformingMethodBodies(new Calls(self, isInterface));
        return format.transformClass(model, calls.andThen(ClassTransform.endHandler(ExitGuard::guards)));
    }

    /** Two methods of the class itself: whoever may run its code may call them, whatever its loader sees. */
    private static void guards(ClassBuilder builder) {
        for (MethodTypeDesc type : List.of(OF_SYSTEM, OF_RUNTIME)) {
            builder.withMethodBody(
                    GUARD,
                    type,
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> code.new_(THROWN)
                            .dup()
                            .loadConstant(SAID)
                            .invokespecial(
                                    THROWN,
                                    ConstantDescs.INIT_NAME,
                                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
                            .athrow());
        }
    }

    private record Calls(ClassDesc self, boolean isInterface) implements CodeTransform {
        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            switch (element) {
                case InvokeInstruction call -> {
                    if (ends(call.owner().asInternalName(), call.name().stringValue())) {
                        boolean direct = call.opcode() == Opcode.INVOKESTATIC;
                        builder.invokestatic(self, GUARD, direct ? OF_SYSTEM : OF_RUNTIME, isInterface);
                    } else {
                        builder.with(call);
                    }
                }
                case InvokeDynamicInstruction site -> dynamic(builder, site);
                default -> builder.with(element);
            }
        }

        /** {@code System::exit} as a value. */
        private void dynamic(CodeBuilder builder, InvokeDynamicInstruction site) {
            List<ConstantDesc> arguments = new ArrayList<>();
            boolean changed = false;
            for (ConstantDesc argument : site.bootstrapArgs()) {
                if (argument instanceof DirectMethodHandleDesc handle && ends(internal(handle), handle.methodName())) {
                    boolean direct = handle.kind() == DirectMethodHandleDesc.Kind.STATIC;
                    arguments.add(MethodHandleDesc.ofMethod(
                            isInterface
                                    ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                                    : DirectMethodHandleDesc.Kind.STATIC,
                            self,
                            GUARD,
                            direct ? OF_SYSTEM : OF_RUNTIME));
                    changed = true;
                } else {
                    arguments.add(argument);
                }
            }
            if (changed) {
                builder.invokedynamic(DynamicCallSiteDesc.of(
                        site.bootstrapMethod(),
                        site.name().stringValue(),
                        site.typeSymbol(),
                        arguments.toArray(ConstantDesc[]::new)));
            } else {
                builder.with(site);
            }
        }

        private static String internal(DirectMethodHandleDesc handle) {
            String descriptor = handle.owner().descriptorString();
            return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
        }
    }

    /** Finds super types in the plugin's jars and the JDK, so that nothing of it has to be loaded. */
    private final class Types implements ClassHierarchyResolver {
        private final List<JarFile> open = new ArrayList<>();
        private final Map<ClassDesc, ClassHierarchyInfo> known = new LinkedHashMap<>();

        private Types() throws IOException {
            for (Path jar : jars) {
                open.add(new JarFile(jar.toFile(), false));
            }
        }

        @Override
        public ClassHierarchyInfo getClassInfo(ClassDesc type) {
            return known.computeIfAbsent(type, this::find);
        }

        private ClassHierarchyInfo find(ClassDesc type) {
            String entry = internalName(type) + ".class";
            for (JarFile jar : open) {
                JarEntry found = jar.getJarEntry(entry);
                if (found != null) {
                    try (InputStream in = jar.getInputStream(found)) {
                        ClassModel model = ClassFile.of().parse(in.readAllBytes());
                        return model.flags().has(AccessFlag.INTERFACE)
                                ? ClassHierarchyInfo.ofInterface()
                                : ClassHierarchyInfo.ofClass(model.superclass()
                                        .map(above -> above.asSymbol())
                                        .orElse(ConstantDescs.CD_Object));
                    } catch (IOException | IllegalArgumentException e) {
                        break;
                    }
                }
            }
            try {
                ClassHierarchyInfo system =
                        ClassHierarchyResolver.defaultResolver().getClassInfo(type);
                if (system != null) {
                    return system;
                }
            } catch (IllegalArgumentException e) {
                // a library that is not there: whoever needs it will say so
            }
            return ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object);
        }

        private static String internalName(ClassDesc type) {
            String descriptor = type.descriptorString();
            return descriptor.substring(1, descriptor.length() - 1);
        }

        private void close() throws IOException {
            for (JarFile jar : open) {
                jar.close();
            }
        }
    }
}
