package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.tool.ToolProvider;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds a plugin's classes that implement types of the gateway API against what these ask for: what one leaves out is an
 * {@code AbstractMethodError} in the middle of a call.
 */
final class ApiContracts {
    /** @param methods that have a body, as name and descriptor */
    private record Shape(int version, boolean concrete, List<String> above, Set<String> methods) {}

    private final Map<String, Shape> shapes = new HashMap<>();

    /** @param version of Java that the entry is for in a jar for several; 0 for all */
    void add(int version, ClassModel model) {
        String name = model.thisClass().asInternalName();
        Shape before = shapes.get(name);
        if (before == null || version > before.version()) {
            shapes.put(name, shape(version, model));
        }
    }

    private static Shape shape(int version, ClassModel model) {
        AccessFlags flags = model.flags();
        return new Shape(
                version,
                !flags.has(AccessFlag.ABSTRACT) && !flags.has(AccessFlag.INTERFACE),
                Stream.concat(model.superclass().stream(), model.interfaces().stream())
                        .map(ClassEntry::asInternalName)
                        .toList(),
                model.methods().stream()
                        .filter(method -> !method.flags().has(AccessFlag.ABSTRACT)
                                && !method.flags().has(AccessFlag.STATIC))
                        .map(ApiContracts::signature)
                        .collect(Collectors.toSet()));
    }

    private static String signature(MethodModel method) {
        return method.methodName().stringValue() + method.methodType().stringValue();
    }

    private static String signature(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .descriptorString();
    }

    /** What is left out, in words. */
    SortedSet<String> unmet() {
        SortedSet<String> unmet = new TreeSet<>();
        shapes.forEach((name, shape) -> {
            if (shape.concrete() && !ApiSurface.ofApi(name)) {
                unmet(name, unmet);
            }
        });
        return unmet;
    }

    private void unmet(String name, SortedSet<String> unmet) {
        Set<String> has = new HashSet<>();
        Map<String, String> wanted = new HashMap<>();
        Set<String> seen = new HashSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(name));
        while (!left.isEmpty()) {
            String type = left.pop();
            if (!seen.add(type)) {
                continue;
            }
            Shape own = ApiSurface.ofApi(type) ? null : shapes.get(type);
            if (own != null) {
                has.addAll(own.methods());
                left.addAll(own.above());
                continue;
            }
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
        wanted.forEach((signature, method) -> {
            if (!has.contains(signature)) {
                unmet.add(name.replace('/', '.') + " does not implement " + method + arguments(signature));
            }
        });
    }

    private static String arguments(String signature) {
        return MethodTypeDesc.ofDescriptor(signature.substring(signature.indexOf('('))).parameterList().stream()
                .map(ClassDesc::displayName)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static @Nullable Class<?> load(String internalName) {
        ClassLoader loader = ApiSurface.ofApi(internalName)
                ? ToolProvider.class.getClassLoader()
                : ClassLoader.getPlatformClassLoader();
        try {
            return Class.forName(internalName.replace('/', '.'), false, loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }
}
