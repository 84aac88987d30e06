package dev.portcullis.gateway.runtime.operate;

import dev.portcullis.gateway.runtime.config.ShellWord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a Maven project of a plugin; for {@code plugins new}. */
public final class PluginProject {
    private static final String JUNIT = "5.14.4";

    private PluginProject() {}

    /** What the plugin provides. */
    public enum Kind {
        TOOL,
        AUTH,
        POLICY
    }

    /**
     * Writes a project that builds, tests and drops in.
     *
     * @param folder must not be there, or be empty
     * @param name of the provider; the folder's unless given
     * @param packageName Java package and module; made of the name unless given
     * @param home the unpacked archive, whose repository the project is built against
     */
    public static PluginFileReport create(
            Path folder, Kind kind, Optional<String> name, Optional<String> packageName, Optional<Path> home) {
        Path project = folder.toAbsolutePath().normalize();
        String chosen = name.orElseGet(() -> String.valueOf(project.getFileName()));
        String java = packageName.orElseGet(() -> PluginNames.defaultPackage(chosen));
        Optional<AuthorsRepository> repository = home.flatMap(AuthorsRepository::in);
        Optional<String> refusal = occupied(project)
                .or(() -> PluginNames.badName(chosen, name.isEmpty()))
                .or(() -> PluginNames.badPackage(java));
        if (refusal.isEmpty() && repository.isEmpty()) {
            refusal = Optional.of(
                    "The project would have nothing to be built against: there is no folder \"repository\" in "
                            + home.map(Path::toString).orElse("the place this gateway runs from")
                            + ". Run bin/portcullis of an unpacked archive.");
        }
        if (refusal.isPresent()) {
            return new PluginFileReport(false, refusal.get(), List.of(), Map.of());
        }
        Map<String, String> words = words(chosen, java, kind, repository.orElseThrow());
        List<Path> written = new ArrayList<>();
        try {
            for (Map.Entry<Path, String> file : files(kind, words).entrySet()) {
                Path target = project.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                written.add(target);
                Files.writeString(target, fill(template(file.getValue()), words));
            }
        } catch (IOException failed) {
            written.forEach(PluginProject::forget);
            return new PluginFileReport(
                    false,
                    "The project cannot be written: " + failed + ". Check the permissions of " + folder
                            + ", or name another folder.",
                    List.of(),
                    Map.of());
        }
        return made(folder, project, written, words, kind);
    }

    private static Optional<String> occupied(Path project) {
        if (!Files.exists(project)) {
            return Optional.empty();
        }
        try (Stream<Path> inside = Files.list(project)) {
            return inside.findAny()
                    .map(first -> project + " is not empty (" + first.getFileName()
                            + " is in it): nothing is written. Name a folder that is not there yet.");
        } catch (IOException noFolder) {
            return Optional.of(project
                    + " is no folder that can be read: nothing is written. Name one that is not there" + " yet.");
        }
    }

    private static Map<String, String> words(String name, String java, Kind kind, AuthorsRepository repository) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("__NAME__", name);
        words.put("__PACKAGE__", java);
        words.put("__CLASS__", PluginNames.className(name, kind));
        words.put("__TOOL__", PluginNames.toolName(name));
        words.put("__VERSION__", repository.version());
        words.put("__REPOSITORY__", xml(repository.address().toString()));
        words.put("__JUNIT__", JUNIT);
        return words;
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static Map<Path, String> files(Kind kind, Map<String, String> words) {
        String of = kind.name().toLowerCase(Locale.ROOT) + "/";
        String folder = String.valueOf(words.get("__PACKAGE__")).replace('.', '/') + "/";
        String type = words.get("__CLASS__");
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(Path.of("README.md"), of + "README.md");
        files.put(Path.of("pom.xml"), "pom.xml");
        files.put(Path.of(".mvn/maven.config"), "maven.config");
        files.put(Path.of(".gitignore"), "gitignore");
        files.put(Path.of("src/main/java/module-info.java"), of + "module-info.java");
        files.put(Path.of("src/main/java/" + folder + type + ".java"), of + "Provider.java");
        files.put(Path.of("src/main/resources/META-INF/portcullis/capabilities.json"), "capabilities.json");
        files.put(Path.of("src/test/java/" + folder + type + "Test.java"), of + "ProviderTest.java");
        return files;
    }

    private static String template(String name) throws IOException {
        try (var in = PluginProject.class.getResourceAsStream("new-plugin/" + name)) {
            if (in == null) {
                throw new IOException("the archive lacks the template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String fill(String template, Map<String, String> words) {
        String text = template;
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace(word.getKey(), word.getValue());
        }
        return text;
    }

    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // the report names the first failure, which is the one to look at
        }
    }

    private static PluginFileReport made(
            Path asked, Path project, List<Path> written, Map<String, String> words, Kind kind) {
        List<String> details = new ArrayList<>(written.stream()
                .map(file -> project.relativize(file).toString())
                .toList());
        details.add("Next: cd " + ShellWord.of(asked) + " && mvn package");
        details.add("Then: portcullis plugins install target/" + words.get("__NAME__") + "-0.1.0.jar");
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ok", true);
        document.put("project", project.toString());
        document.put("kind", kind.name().toLowerCase(Locale.ROOT));
        document.put("name", words.get("__NAME__"));
        document.put("module", words.get("__PACKAGE__"));
        document.put(
                "files",
                written.stream()
                        .map(file -> project.relativize(file).toString())
                        .toList());
        return new PluginFileReport(
                true,
                "Made the project of the " + kind.name().toLowerCase(Locale.ROOT) + " plugin \"" + words.get("__NAME__")
                        + "\" in " + asked + ".",
                details,
                document);
    }
}
