package dev.portcullis.gateway.runtime.plugin;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayList;
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
    // plugins have hundreds of classes, read at each start: loops cost less than streams while nothing is compiled
    static ClassOutline of(byte[] bytes, Predicate<String> wanted) {
        ClassModel model = ClassFile.of().parse(bytes);
        List<String> types = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry type) {
                if (wanted.test(type.asInternalName())) {
                    types.add(type.asInternalName());
                }
            } else if (entry instanceof MemberRefEntry member) {
                String owner = member.owner().asInternalName();
                if (wanted.test(owner)) {
                    members.add(new Member(
                            owner, member.name().stringValue(), member.type().stringValue()));
                }
            }
        }
        List<String> above = new ArrayList<>();
        model.superclass().ifPresent(type -> above.add(type.asInternalName()));
        for (ClassEntry type : model.interfaces()) {
            above.add(type.asInternalName());
        }
        List<Method> methods = new ArrayList<>();
        model.methods()
                .forEach(method -> methods.add(new Method(
                        method.flags().flagsMask(),
                        method.methodName().stringValue(),
                        method.methodType().stringValue())));
        return new ClassOutline(
                model.flags().flagsMask(), model.thisClass().asInternalName(), above, types, members, methods);
    }
}
