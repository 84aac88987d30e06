package dev.portcullis.gateway.runtime.plugin;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a class file says of itself and names of others, with slashes as it stands there.
 *
 * @param above what it extends and implements
 * @param types that it names and that were asked for
 * @param members that it names, of types that were asked for
 * @param methods of its own
 */
record ClassOutline(
        int flags, String name, List<String> above, List<String> types, List<Member> members, List<Method> methods) {
    /** A field, a method or a constructor of a type. */
    record Member(String owner, String name, String descriptor) {}

    record Method(int flags, String name, String descriptor) {}

    /** @throws IllegalArgumentException if no JVM like this one takes it either */
    static ClassOutline of(byte[] bytes, Predicate<String> wanted) {
        try {
            return new ClassFileReader(bytes).outline(wanted);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it ends too early, or points beyond its end", e);
        }
    }
}
