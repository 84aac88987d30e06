package dev.portcullis.gateway.api;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The exported types of a module as text: one block a type, one line a member, sorted. */
final class ApiSignature {
    private ApiSignature() {}

    static String of(Module module) {
        TreeMap<String, Class<?>> types = new TreeMap<>();
        for (String exported : unqualifiedExports(module)) {
            for (Class<?> type : classesIn(module, exported)) {
                addVisible(type, types);
            }
        }
        return types.values().stream().map(ApiSignature::block).collect(Collectors.joining("\n"));
    }

    private static List<String> unqualifiedExports(Module module) {
        return module.getDescriptor().exports().stream()
                .filter(Predicate.not(java.lang.module.ModuleDescriptor.Exports::isQualified))
                .map(java.lang.module.ModuleDescriptor.Exports::source)
                .toList();
    }

    private static List<Class<?>> classesIn(Module module, String packageName) {
        Path folder = mainClasses().resolve(packageName.replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.endsWith(".class") && !name.equals("package-info.class") && !name.contains("$"))
                    .<Class<?>>map(name -> Class.forName(module, packageName + "." + name.replace(".class", "")))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    // Where the module was compiled to, not where its tests are patched in from.
    private static Path mainClasses() {
        try {
            URI location = Experimental.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            return Path.of(location);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addVisible(Class<?> type, TreeMap<String, Class<?>> types) {
        if (!visible(type.getModifiers())) {
            return;
        }
        types.put(type.getTypeName(), type);
        for (Class<?> nested : type.getDeclaredClasses()) {
            addVisible(nested, types);
        }
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String block(Class<?> type) {
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (visible(field.getModifiers()) && !field.isSynthetic()) {
                members.add(field(field));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (visible(constructor.getModifiers()) && !constructor.isSynthetic()) {
                members.add(marks(constructor.getDeclaredAnnotations()) + modifiers(constructor.getModifiers())
                        + type.getSimpleName() + "("
                        + parameters(constructor.getAnnotatedParameterTypes(), constructor.isVarArgs()) + ")"
                        + thrown(constructor.getGenericExceptionTypes()));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (visible(method.getModifiers()) && !method.isSynthetic()) {
                members.add(method(method));
            }
        }
        members.sort(Comparator.naturalOrder());
        return header(type) + "\n"
                + members.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    }

    private static String header(Class<?> type) {
        StringBuilder header = new StringBuilder(marks(type.getDeclaredAnnotations()));
        int dropped = type.isInterface() ? Modifier.ABSTRACT | Modifier.STATIC : Modifier.STATIC;
        if (type.isEnum() || type.isRecord()) {
            dropped |= Modifier.FINAL;
        }
        header.append(modifiers(type.getModifiers() & ~dropped & ~Modifier.INTERFACE));
        if (type.isSealed()) {
            header.append("sealed ");
        }
        header.append(
                type.isAnnotation()
                        ? "@interface "
                        : type.isInterface()
                                ? "interface "
                                : type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ");
        header.append(type.getTypeName()).append(variables(type.getTypeParameters()));
        Class<?> parent = type.getSuperclass();
        if (parent != null && parent != Object.class && !type.isEnum() && !type.isRecord()) {
            header.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        if (type.getGenericInterfaces().length > 0 && !type.isAnnotation()) {
            header.append(type.isInterface() ? " extends " : " implements ").append(names(type.getGenericInterfaces()));
        }
        return header.toString();
    }

    private static String field(Field field) {
        String line = marks(field.getDeclaredAnnotations())
                + modifiers(field.getModifiers())
                + (field.isEnumConstant() ? "" : field.getAnnotatedType() + " ")
                + field.getName();
        Object constant = constant(field);
        return constant == null ? line : line + " = " + constant;
    }

    // Compile-time constants are copied into the plugins that use them: their value is part of the API.
    private static @Nullable Object constant(Field field) {
        boolean inlined = Modifier.isStatic(field.getModifiers())
                && Modifier.isFinal(field.getModifiers())
                && (field.getType().isPrimitive() || field.getType() == String.class);
        try {
            return inlined ? field.get(null) : null;
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    private static String method(Method method) {
        String variables = variables(method.getTypeParameters());
        return marks(method.getDeclaredAnnotations())
                + modifiers(method.getModifiers() & ~Modifier.TRANSIENT & ~Modifier.VOLATILE)
                + (method.isDefault() ? "default " : "")
                + (variables.isEmpty() ? "" : variables + " ")
                + method.getAnnotatedReturnType() + " " + method.getName() + "("
                + parameters(method.getAnnotatedParameterTypes(), method.isVarArgs()) + ")"
                + thrown(method.getGenericExceptionTypes());
    }

    private static String parameters(Object[] types, boolean varArgs) {
        String list = Arrays.stream(types).map(Object::toString).collect(Collectors.joining(", "));
        return varArgs ? list.substring(0, list.length() - 2) + "..." : list;
    }

    private static String thrown(Type[] exceptions) {
        return exceptions.length == 0 ? "" : " throws " + names(exceptions);
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable + bounds(variable))
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String bounds(TypeVariable<?> variable) {
        return variable.getBounds()[0] == Object.class ? "" : " extends " + names(variable.getBounds());
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & ~Modifier.SYNCHRONIZED);
        return text.isEmpty() ? "" : text + " ";
    }

    // Of the annotations, those that are promises: not what the compiler or tools alone look at.
    private static String marks(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .filter(annotation -> !annotation.annotationType().getName().startsWith("java.lang.annotation."))
                .map(annotation -> annotation + " ")
                .sorted()
                .collect(Collectors.joining());
    }
}
