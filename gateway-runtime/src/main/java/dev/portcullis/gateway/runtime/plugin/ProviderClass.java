package dev.portcullis.gateway.runtime.plugin;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;

/**
 * What the class file of a provider says, without loading it.
 *
 * @param concrete public and not abstract
 * @param constructible has a public constructor without parameters
 * @param factory has a public static method {@code provider()}, which modules may use instead
 * @param constantName what {@code name()} returns, if it does nothing but return a constant
 */
record ProviderClass(boolean concrete, boolean constructible, boolean factory, Optional<String> constantName) {
    static ProviderClass parse(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        boolean concrete =
                model.flags().has(AccessFlag.PUBLIC) && !model.flags().has(AccessFlag.ABSTRACT);
        boolean constructible = model.methods().stream()
                .anyMatch(method -> method.methodName().equalsString("<init>")
                        && method.methodType().equalsString("()V")
                        && method.flags().has(AccessFlag.PUBLIC));
        boolean factory = model.methods().stream()
                .anyMatch(method -> method.methodName().equalsString("provider")
                        && method.methodType().stringValue().startsWith("()")
                        && method.flags().has(AccessFlag.PUBLIC)
                        && method.flags().has(AccessFlag.STATIC));
        // a factory may return an object of another class, with another name
        return new ProviderClass(concrete, constructible, factory, factory ? Optional.empty() : constantName(model));
    }

    private static Optional<String> constantName(ClassModel model) {
        return model.methods().stream()
                .filter(method -> method.methodName().equalsString("name")
                        && method.methodType().equalsString("()Ljava/lang/String;"))
                .findFirst()
                .flatMap(ProviderClass::returnedConstant);
    }

    private static Optional<String> returnedConstant(MethodModel method) {
        List<Instruction> instructions = method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(Instruction.class::isInstance)
                .map(Instruction.class::cast)
                .toList();
        return instructions.size() == 2
                        && instructions.getFirst() instanceof ConstantInstruction constant
                        && constant.constantValue() instanceof String name
                        && instructions.getLast().opcode() == Opcode.ARETURN
                ? Optional.of(name)
                : Optional.empty();
    }
}
