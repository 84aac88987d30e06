package dev.portcullis.gateway.runtime.plugin;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the few things of a class file that matter here where they stand (JVMS 4.1). Plugins have hundreds of classes, which are
 * all looked at before one is loaded: to make objects of whatever is in them took most of that time.
 */
final class ClassFileReader {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int CONSTANTS = 8;

    private final byte[] bytes;

    /** Where each constant is, by its index; 0, where none of any kind is, for what is no index. */
    private final int[] constants;

    /** Those that were asked for, each once: a small file may name a long one many times. */
    private final @Nullable String[] texts;

    private int at = CONSTANTS + 2;

    ClassFileReader(byte[] bytes) {
        this.bytes = bytes;
        if (u4(0) != MAGIC || u2(6) > Runtime.version().feature() + 44) {
            throw new IllegalArgumentException("it is no class file, or one for a later Java");
        }
        constants = new int[u2(CONSTANTS)];
        texts = new String[constants.length];
        for (int i = 1; i < constants.length; i++) {
            constants[i] = at;
            switch (bytes[at]) {
                case PoolEntry.TAG_UTF8 -> at += 3 + u2(at + 1);
                case PoolEntry.TAG_CLASS,
                        PoolEntry.TAG_STRING,
                        PoolEntry.TAG_METHOD_TYPE,
                        PoolEntry.TAG_MODULE,
                        PoolEntry.TAG_PACKAGE -> at += 3;
                case PoolEntry.TAG_METHOD_HANDLE -> at += 4;
                case PoolEntry.TAG_INTEGER,
                        PoolEntry.TAG_FLOAT,
                        PoolEntry.TAG_FIELDREF,
                        PoolEntry.TAG_METHODREF,
                        PoolEntry.TAG_INTERFACE_METHODREF,
                        PoolEntry.TAG_NAME_AND_TYPE,
                        PoolEntry.TAG_DYNAMIC,
                        PoolEntry.TAG_INVOKE_DYNAMIC -> at += 5;
                case PoolEntry.TAG_LONG, PoolEntry.TAG_DOUBLE -> {
                    at += 9;
                    i++; // they count for two
                }
                default -> throw new IllegalArgumentException("it has a constant of no known kind");
            }
        }
    }

    ClassOutline outline(Predicate<String> wanted) {
        @Nullable String[] named = new String[constants.length];
        List<String> types = new ArrayList<>();
        for (int i = 1; i < constants.length; i++) {
            if (bytes[constants[i]] == PoolEntry.TAG_CLASS) {
                String type = type(i);
                if (wanted.test(type)) {
                    named[i] = type;
                    types.add(type);
                }
            }
        }
        List<ClassOutline.Member> members = new ArrayList<>();
        for (int constant : constants) {
            int kind = bytes[constant];
            if (kind == PoolEntry.TAG_FIELDREF
                    || kind == PoolEntry.TAG_METHODREF
                    || kind == PoolEntry.TAG_INTERFACE_METHODREF) {
                String owner = named[u2(constant + 1)];
                if (owner != null) {
                    int member = constant(u2(constant + 3), PoolEntry.TAG_NAME_AND_TYPE);
                    members.add(new ClassOutline.Member(owner, text(u2(member + 1)), text(u2(member + 3))));
                }
            }
        }
        int flags = next();
        String name = type(next());
        return new ClassOutline(flags, name, above(), types, members, methods());
    }

    private List<String> above() {
        List<String> above = new ArrayList<>();
        int superclass = next();
        if (superclass != 0) {
            above.add(type(superclass));
        }
        for (int left = next(); left > 0; left--) {
            above.add(type(next()));
        }
        return above;
    }

    private List<ClassOutline.Method> methods() {
        for (int left = next(); left > 0; left--) {
            at += 6;
            passAttributes();
        }
        List<ClassOutline.Method> methods = new ArrayList<>();
        for (int left = next(); left > 0; left--) {
            methods.add(new ClassOutline.Method(next(), text(next()), text(next())));
            passAttributes();
        }
        return methods;
    }

    private void passAttributes() {
        for (int left = next(); left > 0; left--) {
            int length = u4(at + 2);
            if (length < 0 || length > bytes.length - at) {
                throw new IllegalArgumentException("it has an attribute that is longer than the file");
            }
            at += 6 + length;
        }
    }

    private String type(int index) {
        return text(u2(constant(index, PoolEntry.TAG_CLASS) + 1));
    }

    private String text(int index) {
        String known = texts[index];
        if (known != null) {
            return known;
        }
        int constant = constant(index, PoolEntry.TAG_UTF8);
        int length = u2(constant + 1);
        String plain = new String(bytes, constant + 3, length, StandardCharsets.UTF_8);
        String text = plain.length() == length ? plain : modified(constant + 1, length + 2);
        texts[index] = text;
        return text;
    }

    /** What is not plain ASCII is written in a way of its own. */
    private String modified(int from, int length) {
        try {
            return new DataInputStream(new ByteArrayInputStream(bytes, from, length)).readUTF();
        } catch (IOException e) {
            throw new IllegalArgumentException("it has a text that is no UTF-8", e);
        }
    }

    private int constant(int index, int kind) {
        if (bytes[constants[index]] != kind) {
            throw new IllegalArgumentException("it has a constant of another kind than is asked for");
        }
        return constants[index];
    }

    private int next() {
        at += 2;
        return u2(at - 2);
    }

    private int u2(int from) {
        return (bytes[from] & 0xFF) << 8 | (bytes[from + 1] & 0xFF);
    }

    private int u4(int from) {
        return u2(from) << 16 | u2(from + 2);
    }
}
