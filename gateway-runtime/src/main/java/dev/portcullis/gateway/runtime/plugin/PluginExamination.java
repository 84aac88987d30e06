package dev.portcullis.gateway.runtime.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the files of a plugin tell before any of its code runs: for the commands.
 *
 * @param providers what it declares
 * @param modules its modules and what each reads; empty if it is no set of modules, or they do not fit together
 * @param examined whether its code was looked at; else nothing is known of what it states and uses
 * @param stated capabilities that it states; empty if it states nothing at all
 * @param uses an example of each capability that its code uses, by the word of the capability
 * @param misstated what is wrong with the statement itself, sentences
 * @param problems why it would not be loaded; empty if it would, as far as files tell
 */
public record PluginExamination(
        PluginIdentity identity,
        List<Provider> providers,
        Map<String, Set<String>> modules,
        boolean examined,
        Optional<Set<String>> stated,
        Map<String, String> uses,
        List<String> misstated,
        List<PluginProblem> problems) {
    /**
     * A provider that is declared.
     *
     * @param kind in words
     * @param name unless only running it would tell
     */
    public record Provider(String kind, String className, Optional<String> name) {}

    public PluginExamination {
        providers = List.copyOf(providers);
        misstated = List.copyOf(misstated);
        problems = List.copyOf(problems);
    }
}
