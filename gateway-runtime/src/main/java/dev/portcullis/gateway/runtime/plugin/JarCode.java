package dev.portcullis.gateway.runtime.plugin;

import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the class files of one jar name, gathered while the jar is read, without loading one. */
final class JarCode {
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/(\\d{1,6})/");
    private static final System.Logger LOG = System.getLogger(JarCode.class.getName());

    private final Map<Capability, String> uses = new EnumMap<>(Capability.class);
    private final Set<String> exits = new LinkedHashSet<>();
    private final List<Version> classes = new ArrayList<>();
    private final Map<String, Boolean> wanted = new HashMap<>();

    /**
     * A class that is loaded here, if no other version of it is.
     *
     * @param since version of Java that the entry is for in a jar for several; 0 for all
     */
    record Version(int since, ClassOutline outline) {}

    /** Takes note of one; of what is none, too, since a loader will say so if anybody asks for it. */
    void add(String entry, byte[] bytes) {
        if (!entry.endsWith("module-info.class")) {
            try {
                add(entry, ClassOutline.of(bytes, type -> wanted.computeIfAbsent(type, JarCode::wanted)));
            } catch (IllegalArgumentException e) {
                LOG.log(System.Logger.Level.DEBUG, "No loader takes " + entry + " either", e);
            }
        }
    }

    private void add(String entry, ClassOutline outline) {
        int since = since(entry);
        if (since <= Runtime.version().feature()) {
            classes.add(new Version(since, outline));
        }
        for (ClassOutline.Member member : outline.members()) {
            if (ExitGuard.ends(member.owner(), member.name())) {
                exits.add(entry);
            }
            Capability.of(member)
                    .ifPresent(one -> use(one, outline, "uses " + dotted(member.owner()) + "." + member.name()));
        }
        for (ClassOutline.Method method : outline.methods()) {
            if ((method.flags() & ClassFile.ACC_NATIVE) != 0) {
                use(Capability.NATIVE, outline, "has a native method");
            }
        }
    }

    private void use(Capability one, ClassOutline outline, String how) {
        uses.putIfAbsent(one, dotted(outline.name()) + " " + how);
    }

    private static boolean wanted(String type) {
        return ApiSurface.ofApi(type) || Capability.mayBeOf(type);
    }

    /** Versions for a newer Java than this one are not loaded. */
    private static int since(String entry) {
        Matcher version = VERSIONED.matcher(entry);
        return version.lookingAt() ? Integer.parseInt(version.group(1)) : 0;
    }

    static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }

    /** An example of each capability, in words. */
    Map<Capability, String> uses() {
        return uses;
    }

    /** Entries that would end the process. */
    Set<String> exits() {
        return exits;
    }

    List<Version> classes() {
        return classes;
    }
}
