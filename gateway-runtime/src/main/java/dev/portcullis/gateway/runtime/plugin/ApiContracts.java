package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.tool.ToolProvider;
import java.lang.classfile.ClassFile;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds a plugin's classes that implement types of the gateway API against what these ask for: what one leaves out is an
 * {@code AbstractMethodError} in the middle of a call.
 */
final class ApiContracts {
    private final Map<String, JarCode.Version> classes = new HashMap<>();

    void add(JarCode.Version version) {
        classes.merge(version.outline().name(), version, (one, other) -> other.since() > one.since() ? other : one);
    }

    private static String signature(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .descriptorString();
    }

    /** What is left out, in words. */
    SortedSet<String> unmet() {
        SortedSet<String> unmet = new TreeSet<>();
        classes.forEach((name, version) -> {
            boolean concrete = (version.outline().flags() & (ClassFile.ACC_ABSTRACT | ClassFile.ACC_INTERFACE)) == 0;
            if (concrete && !ApiSurface.ofApi(name)) {
                unmet(name, unmet);
            }
        });
        return unmet;
    }

    private void unmet(String name, SortedSet<String> unmet) {
        List<ClassOutline> own = new ArrayList<>();
        Set<String> others = new LinkedHashSet<>();
        boolean ofApi = collect(name, own, others);
        if (!ofApi) {
            return; // nearly every class, and nothing had to be loaded to see it
        }
        Set<String> has = new HashSet<>();
        Map<String, String> wanted = new HashMap<>();
        for (String type : others) {
            Class<?> other = load(type);
            if (other == null) {
                return; // it is missing, which is another fault, or has what nobody can tell
            }
            for (Method method : other.getMethods()) {
                if (!Modifier.isAbstract(method.getModifiers())) {
                    has.add(signature(method));
                } else if (ApiSurface.ofApi(type)) {
                    wanted.put(signature(method), other.getName() + "." + method.getName());
                }
            }
        }
        wanted.keySet().removeAll(has);
        for (ClassOutline type : own) {
            type.methods().stream()
                    .filter(method -> (method.flags() & (ClassFile.ACC_ABSTRACT | ClassFile.ACC_STATIC)) == 0)
                    .forEach(method -> wanted.remove(method.name() + method.descriptor()));
        }
        wanted.forEach((signature, method) -> unmet.add(JarCode.dotted(name) + " does not implement " + method
                + ApiSurface.arguments(signature.substring(signature.indexOf('(')))));
    }

    /** Collects a class and all that is above it, and says whether a type of the API is among that. */
    private boolean collect(String name, List<ClassOutline> own, Set<String> others) {
        boolean ofApi = false;
        Set<String> seen = new HashSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(name));
        while (!left.isEmpty()) {
            String type = left.pop();
            if (!seen.add(type)) {
                continue;
            }
            JarCode.Version version = classes.get(type);
            if (ApiSurface.ofApi(type)) {
                ofApi = true;
                others.add(type);
            } else if (version == null) {
                others.add(type);
            } else {
                own.add(version.outline());
                left.addAll(version.outline().above());
            }
        }
        return ofApi;
    }

    private static @Nullable Class<?> load(String internalName) {
        ClassLoader loader = ApiSurface.ofApi(internalName)
                ? ToolProvider.class.getClassLoader()
                : ClassLoader.getPlatformClassLoader();
        try {
            return Class.forName(JarCode.dotted(internalName), false, loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }
}
