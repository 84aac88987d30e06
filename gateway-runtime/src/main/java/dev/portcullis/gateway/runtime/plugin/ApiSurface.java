package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.tool.ToolProvider;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types and members of the gateway API that plugins can use, to hold class files against that name others. */
final class ApiSurface {
    private static final String API = ModuleWorld.API.replace('.', '/') + "/";

    private final Map<String, Optional<Set<String>>> membersByType = new HashMap<>();

    /** Adds what a class names of the API that is not there. */
    void missing(ClassOutline type, SortedSet<String> missing) {
        if (ofApi(type.name())) {
            return; // a copy of the API that was packed into the plugin, and is never used
        }
        for (String named : type.types()) {
            if (ofApi(named) && members(named).isEmpty()) {
                missing.add(JarCode.dotted(type.name() + " uses " + named));
            }
        }
        for (ClassOutline.Member member : type.members()) {
            if (ofApi(member.owner()) && !has(member)) {
                missing.add(JarCode.dotted(type.name() + " uses " + member.owner()) + "." + member.name()
                        + arguments(member.descriptor()));
            }
        }
    }

    /** A type that is missing is named by itself. */
    private boolean has(ClassOutline.Member member) {
        return members(member.owner())
                .map(members -> members.contains(member.name() + member.descriptor()))
                .orElse(true);
    }

    /** Of a method in words; nothing of a field. */
    static String arguments(String descriptor) {
        if (!descriptor.startsWith("(")) {
            return "";
        }
        try {
            return MethodTypeDesc.ofDescriptor(descriptor).parameterList().stream()
                    .map(ClassDesc::displayName)
                    .collect(Collectors.joining(", ", "(", ")"));
        } catch (IllegalArgumentException broken) {
            return descriptor;
        }
    }

    /** Whether it is in a package of the API. */
    static boolean ofApi(String internalName) {
        return internalName.startsWith(API);
    }

    /** What can be named of a type of the API, as name and descriptor; empty if there is no such type. */
    private Optional<Set<String>> members(String internalName) {
        return membersByType.computeIfAbsent(internalName, ApiSurface::read);
    }

    private static Optional<Set<String>> read(String internalName) {
        Class<?> type;
        try {
            type = Class.forName(JarCode.dotted(internalName), false, ToolProvider.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            return Optional.empty();
        }
        if (!usable(type.getModifiers())) {
            return Optional.empty();
        }
        Set<String> members = new HashSet<>();
        collect(type, members);
        collect(Object.class, members);
        return Optional.of(members);
    }

    private static void collect(@Nullable Class<?> type, Set<String> members) {
        if (type == null) {
            return;
        }
        for (Method method : type.getDeclaredMethods()) {
            if (usable(method.getModifiers())) {
                members.add(method.getName()
                        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                                .descriptorString());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (usable(constructor.getModifiers())) {
                members.add("<init>"
                        + MethodType.methodType(void.class, constructor.getParameterTypes())
                                .descriptorString());
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (usable(field.getModifiers())) {
                members.add(field.getName() + field.getType().descriptorString());
            }
        }
        collect(type.getSuperclass(), members);
        for (Class<?> above : type.getInterfaces()) {
            collect(above, members);
        }
    }

    private static boolean usable(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
