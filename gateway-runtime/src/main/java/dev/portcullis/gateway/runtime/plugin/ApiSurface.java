package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.tool.ToolProvider;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
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
    private final Map<String, Optional<Set<String>>> membersByType = new HashMap<>();

    /** Adds what a class names of the API that is not there. */
    void missing(ClassModel model, SortedSet<String> missing) {
        String name = model.thisClass().asInternalName();
        if (ofApi(name)) {
            return; // a copy of the API that was packed into the plugin, and is never used
        }
        for (PoolEntry entry : model.constantPool()) {
            missing(entry).ifPresent(what -> missing.add(name.replace('/', '.') + " uses " + what));
        }
    }

    private Optional<String> missing(PoolEntry entry) {
        return switch (entry) {
            case MemberRefEntry member -> missing(member);
            case ClassEntry type -> missing(type);
            default -> Optional.empty();
        };
    }

    private Optional<String> missing(ClassEntry type) {
        String name = type.asInternalName();
        return ofApi(name) && members(name).isEmpty() ? Optional.of(name.replace('/', '.')) : Optional.empty();
    }

    private Optional<String> missing(MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String name = member.name().stringValue();
        String descriptor = member.type().stringValue();
        if (!ofApi(owner)) {
            return Optional.empty();
        }
        // a type that is missing is named by itself
        boolean there = members(owner)
                .map(members -> members.contains(name + descriptor))
                .orElse(true);
        return there ? Optional.empty() : Optional.of(owner.replace('/', '.') + "." + name + arguments(member));
    }

    private static String arguments(MemberRefEntry member) {
        return member instanceof FieldRefEntry
                ? ""
                : MethodTypeDesc.ofDescriptor(member.type().stringValue()).parameterList().stream()
                        .map(ClassDesc::displayName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    static boolean ofApi(String internalName) {
        int slash = internalName.lastIndexOf('/');
        return slash > 0
                && internalName.charAt(0) != '['
                && ModuleWorld.isApiPackage(internalName.substring(0, slash).replace('/', '.'));
    }

    /** What can be named of a type of the API, as name and descriptor; empty if there is no such type. */
    private Optional<Set<String>> members(String internalName) {
        return membersByType.computeIfAbsent(internalName, ApiSurface::read);
    }

    private static Optional<Set<String>> read(String internalName) {
        Class<?> type;
        try {
            type = Class.forName(internalName.replace('/', '.'), false, ToolProvider.class.getClassLoader());
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
