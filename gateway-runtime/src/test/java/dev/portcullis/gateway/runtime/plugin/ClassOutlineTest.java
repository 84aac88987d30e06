package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.constant.ClassDesc;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is read of a class file where it stands is what the JDK's own model of it says. */
final class ClassOutlineTest {
    private static byte[] some() throws IOException {
        try (InputStream in = ClassOutlineTest.class.getResourceAsStream("ClassOutlineTest.class")) {
            return in.readAllBytes();
        }
    }

    private static ClassOutline modelled(byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        List<String> types = new ArrayList<>();
        List<ClassOutline.Member> members = new ArrayList<>();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof ClassEntry type) {
                types.add(type.asInternalName());
            } else if (entry instanceof MemberRefEntry member) {
                members.add(new ClassOutline.Member(
                        member.owner().asInternalName(),
                        member.name().stringValue(),
                        member.type().stringValue()));
            }
        }
        return new ClassOutline(
                model.flags().flagsMask(),
                model.thisClass().asInternalName(),
                Stream.concat(model.superclass().stream(), model.interfaces().stream())
                        .map(ClassEntry::asInternalName)
                        .toList(),
                types,
                members,
                model.methods().stream()
                        .map(method -> new ClassOutline.Method(
                                method.flags().flagsMask(),
                                method.methodName().stringValue(),
                                method.methodType().stringValue()))
                        .toList());
    }

    @Test
    void classesOfTheJdkAreReadAsTheirModelsSay() throws IOException {
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base", "java");
        int read = 0;
        for (String folder : List.of("lang", "util")) {
            try (Stream<Path> files = Files.walk(base.resolve(folder))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    assertEquals(modelled(bytes), ClassOutline.of(bytes, type -> true), file::toString);
                    read++;
                }
            }
        }
        assertTrue(read > 1_000, "only " + read);
    }

    @Test
    void namesBeyondAsciiAreReadAsTheyAre() {
        ClassDesc name = ClassDesc.of("gr\u00f6\u00dfe.\uD835\uDC9C\u4E16");
        byte[] bytes = ClassFile.of().build(name, type -> {});

        assertEquals(modelled(bytes), ClassOutline.of(bytes, type -> true));
    }

    @Test
    void membersOfTypesThatNobodyAskedForAreLeftOut() throws IOException {
        ClassOutline outline = ClassOutline.of(some(), "java/nio/file/Files"::equals);

        assertEquals(List.of("java/nio/file/Files"), outline.types());
        assertEquals(
                List.of("readAllBytes", "walk"),
                outline.members().stream()
                        .map(ClassOutline.Member::name)
                        .sorted()
                        .toList());
    }

    @Test
    void whatEndsTooEarlyIsNoClass() throws IOException {
        byte[] whole = some();
        byte[] outline = Arrays.copyOf(whole, whole.length - 2_000);

        for (int length = 0; length < outline.length; length += 7) {
            byte[] part = Arrays.copyOf(outline, length);
            assertThrows(IllegalArgumentException.class, () -> ClassOutline.of(part, type -> true), "at " + length);
        }
    }

    @Test
    void classOfALaterJavaIsNone() throws IOException {
        byte[] bytes = some();
        bytes[7] += 20;

        assertThrows(IllegalArgumentException.class, () -> ClassOutline.of(bytes, type -> true));
    }

    @Test
    void damageIsReadOrRefusedAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = some();
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            damaged[8 + random.nextInt(whole.length - 8)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt(256));
            try {
                ClassOutline.of(damaged, type -> true);
            } catch (IllegalArgumentException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
        assertTrue(refused > 0, "seed " + seed);
    }

    @Test
    void noBeginningOfACapabilityBeginsWithAnother() {
        // the nearest one is looked for, and would hide a shorter one
        for (String one : Capability.beginnings()) {
            assertEquals(
                    List.of(one),
                    Capability.beginnings().stream().filter(one::startsWith).toList());
        }
    }
}
