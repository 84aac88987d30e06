package dev.portcullis.gateway.runtime.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * What the class files of a plugin name, read without loading one.
 *
 * @param uses an example of each capability, in words
 * @param exits entries of class files that would end the process, by jar
 */
record CodeScan(Map<Capability, String> uses, Map<Path, Set<String>> exits) {
    private static final System.Logger LOG = System.getLogger(CodeScan.class.getName());

    CodeScan {
        uses = Map.copyOf(uses);
        exits = Map.copyOf(exits);
    }

    static CodeScan of(List<JarContents> jars) throws IOException {
        Map<Capability, String> uses = new EnumMap<>(Capability.class);
        Map<Path, Set<String>> exits = new java.util.LinkedHashMap<>();
        for (JarContents jar : jars) {
            jar.descriptor().stream()
                    .flatMap(module -> module.requires().stream())
                    .forEach(required -> Capability.of(required)
                            .ifPresent(
                                    one -> uses.putIfAbsent(one, jar.name() + " requires module " + required.name())));
            Path file = jar.copy().file();
            classes(file, (entry, model) -> {
                if (scan(model, uses)) {
                    exits.computeIfAbsent(file, f -> new LinkedHashSet<>()).add(entry);
                }
            });
        }
        return new CodeScan(uses, exits);
    }

    /** Whether the class would end the process. */
    private static boolean scan(ClassModel model, Map<Capability, String> uses) {
        boolean exits = false;
        String name = model.thisClass().asInternalName().replace('/', '.');
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member) {
                exits |= ExitGuard.ends(
                        member.owner().asInternalName(), member.name().stringValue());
                Capability.of(member)
                        .ifPresent(one -> uses.putIfAbsent(
                                one,
                                name + " uses "
                                        + member.owner().asInternalName().replace('/', '.') + "."
                                        + member.name().stringValue()));
            }
        }
        if (model.methods().stream().anyMatch(method -> native_(method.flags()))) {
            uses.putIfAbsent(Capability.NATIVE, name + " has a native method");
        }
        return exits;
    }

    private static boolean native_(AccessFlags flags) {
        return flags.has(AccessFlag.NATIVE);
    }

    private static void classes(Path file, BiConsumer<String, ClassModel> each) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        each.accept(entry.getName(), ClassFile.of().parse(in.readAllBytes()));
                    } catch (IllegalArgumentException e) {
                        LOG.log(System.Logger.Level.DEBUG, "No loader takes " + entry.getName() + " either", e);
                    }
                }
            }
        }
    }
}
