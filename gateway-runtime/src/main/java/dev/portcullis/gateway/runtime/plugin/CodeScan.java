package dev.portcullis.gateway.runtime.plugin;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the class files of a plugin name, found without loading one.
 *
 * @param uses an example of each capability, in words
 * @param exits entries of class files that would end the process, by jar
 * @param missing what it names of the gateway API that this gateway's does not have, in words
 * @param unmet what its classes leave out of what types of the gateway API ask for, in words
 */
record CodeScan(
        Map<Capability, String> uses,
        Map<Path, Set<String>> exits,
        SortedSet<String> missing,
        SortedSet<String> unmet) {
    CodeScan {
        uses = Map.copyOf(uses);
        exits = Map.copyOf(exits);
        missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
        unmet = Collections.unmodifiableSortedSet(new TreeSet<>(unmet));
    }

    static CodeScan of(List<JarContents> jars) {
        Map<Capability, String> uses = new EnumMap<>(Capability.class);
        Map<Path, Set<String>> exits = new LinkedHashMap<>();
        SortedSet<String> missing = new TreeSet<>();
        ApiSurface api = new ApiSurface();
        ApiContracts contracts = new ApiContracts();
        for (JarContents jar : jars) {
            jar.code().uses().forEach(uses::putIfAbsent);
            if (!jar.code().exits().isEmpty()) {
                exits.put(jar.copy().file(), jar.code().exits());
            }
            for (JarCode.Version version : jar.code().classes()) {
                api.missing(version.outline(), missing);
                contracts.add(version);
            }
        }
        return new CodeScan(uses, exits, missing, contracts.unmet());
    }
}
