package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a plugin says that its code reaches for: an object whose keys are capabilities, and whose values are {@code true},
 * {@code false}, or a text that says why. A folder states for all its jars.
 *
 * @param present whether there is one at all
 * @param problems what is wrong with it, sentences
 */
record CapabilityStatement(boolean present, Set<Capability> stated, List<String> problems) {
    static final CapabilityStatement NONE = new CapabilityStatement(false, Set.of(), List.of());
    static final String ENTRY = "META-INF/portcullis/capabilities.json";
    static final int LARGEST = 64 * 1024;

    CapabilityStatement {
        stated = Set.copyOf(stated);
        problems = List.copyOf(problems);
    }

    static CapabilityStatement of(List<JarContents> jars) {
        boolean present = false;
        Set<Capability> stated = EnumSet.noneOf(Capability.class);
        List<String> problems = new ArrayList<>();
        for (JarContents jar : jars) {
            if (jar.statement().isPresent()) {
                present = true;
                read(jar.name(), jar.statement().get(), stated, problems);
            }
        }
        return new CapabilityStatement(present, stated, problems);
    }

    private static void read(String jar, byte[] bytes, Set<Capability> stated, List<String> problems) {
        Optional<Map<String, Object>> object = JsonObject.parse(bytes);
        if (object.isEmpty()) {
            problems.add(jar + ": its " + ENTRY + " is no JSON object.");
        }
        object.orElse(Map.of()).forEach((word, value) -> {
            Optional<Capability> one = EnumSet.allOf(Capability.class).stream()
                    .filter(known -> known.word().equals(word))
                    .findFirst();
            boolean yes = Boolean.TRUE.equals(value) || (value instanceof String text && !text.isBlank());
            if (one.isEmpty()) {
                problems.add(jar + ": its " + ENTRY + " states \"" + printable(word) + "\", which is none of "
                        + String.join(", ", Capability.allWords()) + ".");
            } else if (yes) {
                stated.add(one.get());
            } else if (!Boolean.FALSE.equals(value)) {
                problems.add(jar + ": its " + ENTRY + " states \"" + word
                        + "\" with a value that is neither true, false nor a text.");
            }
        });
    }

    private static String printable(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() <= 40 ? shown : shown.substring(0, 40) + "…";
    }
}
