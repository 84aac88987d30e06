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
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the class files of a plugin name, read without loading one.
 *
 * @param uses an example of each capability, in words
 * @param exits entries of class files that would end the process, by jar
 * @param missing what it names of the gateway API that this gateway's does not have, in words
 * @param unmet what its classes leave out of what types of the gateway API ask for, in words
 */
record CodeScan(
        Map<Capability, String> uses,
        Map<Path, Set<String>> exits,
        SortedSet<String> missing,
        SortedSet<String> unmet) {
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,6})/");
    private static final System.Logger LOG = System.getLogger(CodeScan.class.getName());

    CodeScan {
        uses = Map.copyOf(uses);
        exits = Map.copyOf(exits);
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
        unmet = Collections.unmodifiableSortedSet(new TreeSet<>(unmet));
    }

    static CodeScan of(List<JarContents> jars) throws IOException {
        Map<Capability, String> uses = new EnumMap<>(Capability.class);
        Map<Path, Set<String>> exits = new LinkedHashMap<>();
        SortedSet<String> missing = new TreeSet<>();
        ApiSurface api = new ApiSurface();
        ApiContracts contracts = new ApiContracts();
        for (JarContents jar : jars) {
            jar.descriptor().stream()
                    .flatMap(module -> module.requires().stream())
                    .forEach(required -> Capability.of(required)
                            .ifPresent(
                                    one -> uses.putIfAbsent(one, jar.name() + " requires module " + required.name())));
            Path file = jar.copy().file();
            classes(file, (entry, model) -> {
                int version = version(entry);
                if (version <= Runtime.version().feature()) {
                    api.missing(model, missing);
                    contracts.add(version, model);
                }
                if (scan(model, uses)) {
                    exits.computeIfAbsent(file, f -> new LinkedHashSet<>()).add(entry);
                }
            });
        }
        return new CodeScan(uses, exits, missing, contracts.unmet());
    }

    /** Versions for a newer Java than this one are not loaded. */
    private static int version(String entry) {
        Matcher version = VERSIONED.matcher(entry);
        return version.lookingAt() ? Integer.parseInt(version.group(1)) : 0;
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
