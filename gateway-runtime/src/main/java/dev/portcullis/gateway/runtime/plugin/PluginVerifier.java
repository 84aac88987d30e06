package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.runtime.config.UntrustedFileException;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Examines a plugin before a class of it is loaded: everything that can be said from its files alone. */
final class PluginVerifier {
    private final PrivateCopies copies;
    private final Writers trust;
    private final JarLimits limits;
    private final Optional<ApiVersion> running;

    PluginVerifier(PrivateCopies copies, Writers trust, JarLimits limits, String apiVersion) {
        this.copies = copies;
        this.trust = trust;
        this.limits = limits;
        this.running = ApiVersion.parse(apiVersion);
    }

    VerifiedPlugin verify(PluginFiles files, PluginChecks checks) {
        List<Refusal> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<JarContents> jars = new ArrayList<>();
        trust.refuses(files.path()).ifPresent(refusals::add);
        for (Path jar : files.jars()) {
            if (dangling(jar)) {
                refusals.add(new Refusal(
                        jar.getFileName() + " is a link to " + target(jar) + ", and nothing is there.",
                        "Correct the link, or remove it."));
                continue;
            }
            try {
                JarContents contents = JarInspector.inspect(copy(jar, refusals), limits);
                jars.add(contents);
                refusals.addAll(contents.refusals());
            } catch (IOException e) {
                refusals.add(new Refusal(
                        jar.getFileName() + " cannot be read: " + e.getMessage() + ".",
                        "Check that it is complete and that the gateway's user may read it."));
            }
        }
        boolean modular = !jars.isEmpty()
                && jars.stream().allMatch(jar -> jar.descriptor().isPresent());
        List<ProviderDeclaration> providers = providers(jars, modular);
        Optional<JarContents> main = jars.stream()
                .filter(jar -> providers.stream().anyMatch(p -> jar.providers().containsKey(p.className())))
                .findFirst();
        if (refusals.isEmpty()) {
            providerRefusals(jars, providers, modular, refusals);
            if (modular) {
                moduleRefusals(jars, refusals);
            }
        }
        boolean sound = refusals.isEmpty();
        Optional<String> built = builtAgainst(main, modular, warnings, refusals);
        Optional<String> digest = digest(files, jars);
        Optional<PluginSignature.Statement> signed = checks.vouched(files, digest, trust, refusals, warnings);
        // also if nobody vouches for it: whoever is to decide wants to know everything
        PluginChecks.Code code = sound
                ? checks.code(jars, refusals, warnings)
                : PluginChecks.Code.unseen(
                        jars.stream().map(jar -> jar.copy().file()).toList());
        PluginIdentity identity = new PluginIdentity(
                files.id(),
                main.flatMap(JarContents::descriptor).map(ModuleDescriptor::name),
                main.flatMap(jar ->
                        jar.descriptor().flatMap(ModuleDescriptor::rawVersion).or(jar::implementationVersion)),
                built,
                PluginOrigin.FOLDER,
                Optional.of(files.path()),
                digest,
                1,
                modular ? LoadingKind.MODULE_LAYER : LoadingKind.CLASS_PATH,
                warnings);
        Set<String> roots = jars.stream()
                .filter(jar -> Stream.of(ProviderKind.values())
                        .anyMatch(kind -> !jar.provided(kind).isEmpty()))
                .map(jar -> jar.descriptor().orElseThrow().name())
                .collect(Collectors.toSet());
        return new VerifiedPlugin(
                files,
                identity,
                jars.stream().map(JarContents::copy).toList(),
                code.jars(),
                roots,
                providers,
                refusals,
                code,
                signed);
    }

    /** What is copied is what was checked; of what is refused, a copy that is looked into and never loaded. */
    private PrivateCopies.Copy copy(Path jar, List<Refusal> refusals) throws IOException {
        PrivateCopies.Opening opening;
        try {
            Path checked = trust.checked(jar);
            opening = () -> Files.newInputStream(checked, LinkOption.NOFOLLOW_LINKS);
        } catch (UntrustedFileException refused) {
            Refusal refusal = Writers.refusal(refused);
            if (!refusals.contains(refusal)) {
                refusals.add(refusal);
            }
            opening = () -> Files.newInputStream(jar);
        }
        return copies.copy(jar, opening, limits.packed());
    }

    private static boolean dangling(Path file) {
        return Files.isSymbolicLink(file) && Files.notExists(file);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException unreadable) {
            return "somewhere else";
        }
    }

    private static List<ProviderDeclaration> providers(List<JarContents> jars, boolean modular) {
        List<ProviderDeclaration> found = new ArrayList<>();
        for (ProviderKind kind : ProviderKind.values()) {
            Set<String> names = new LinkedHashSet<>();
            for (JarContents jar : jars) {
                names.addAll(jar.provided(kind));
                if (!modular) {
                    names.addAll(jar.services().getOrDefault(kind, List.of()));
                }
            }
            for (String name : names) {
                Optional<ProviderClass> read = providerClass(jars, name);
                found.add(new ProviderDeclaration(kind, name, read.flatMap(ProviderClass::constantName)));
            }
        }
        return found;
    }

    private static Optional<ProviderClass> providerClass(List<JarContents> jars, String name) {
        return jars.stream()
                .map(jar -> jar.providers().get(name))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static void providerRefusals(
            List<JarContents> jars, List<ProviderDeclaration> providers, boolean modular, List<Refusal> refusals) {
        if (providers.isEmpty()) {
            boolean services = jars.stream()
                    .anyMatch(jar -> jar.services().values().stream().anyMatch(names -> !names.isEmpty()));
            boolean nested = jars.stream().anyMatch(JarContents::nested);
            refusals.add(new Refusal(
                    services
                            ? "It is a module, and its module-info provides none of the gateway's services: "
                                    + "META-INF/services counts only for a plugin that is no module."
                            : "It provides none of the gateway's services (ToolProvider, AuthProvider, "
                                    + "PolicySourceProvider)."
                                    + (nested
                                            ? " There are jars inside of it, as in BOOT-INF/lib, and jars inside of a jar are "
                                                    + "not looked into."
                                            : ""),
                    nested
                            ? "Put its jars beside each other into a folder of their own, plugins/<name>/."
                            : modular
                                    ? "Add \"provides … with …;\" to its module-info. If it is a library, put it into the folder "
                                            + "of the plugin that needs it."
                                    : "Name its provider class in META-INF/services. If it is a library, put it into the folder "
                                            + "of the plugin that needs it."));
        }
        for (ProviderDeclaration declared : providers) {
            Optional<ProviderClass> read = providerClass(jars, declared.className());
            String subject = "The " + declared.kind().words() + " " + declared.className();
            if (read.isEmpty()) {
                refusals.add(new Refusal(
                        subject + " is declared, but no jar of the plugin has this class.",
                        "Correct the declaration, or build the plugin again."));
            } else if (!(modular && read.get().factory())) {
                providerShape(subject, read.get()).ifPresent(refusals::add);
            }
        }
    }

    private static Optional<Refusal> providerShape(String subject, ProviderClass read) {
        if (!read.concrete()) {
            return Optional.of(new Refusal(
                    subject + " is abstract or not public.", "Make it a public class that can be instantiated."));
        }
        return read.constructible()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        subject + " has no public constructor without parameters.",
                        "Add one; configuration arrives later, in the PluginContext."));
    }

    private static void moduleRefusals(List<JarContents> jars, List<Refusal> refusals) {
        Set<String> names = new LinkedHashSet<>();
        for (JarContents jar : jars) {
            String module = jar.descriptor().orElseThrow().name();
            if (module.equals(ModuleWorld.API)) {
                refusals.add(new Refusal(
                        jar.name() + " is a copy of the gateway API, which the gateway brings itself.",
                        "Remove it from the plugin's folder."));
                continue;
            }
            if (ModuleWorld.reserved(module)) {
                refusals.add(new Refusal(
                        jar.name() + " calls itself module " + module + ", a name of "
                                + (ModuleWorld.isJdk(module) ? "the JDK." : "the gateway."),
                        "Give the module a name of its own."));
            }
            if (!names.add(module)) {
                refusals.add(new Refusal(
                        "Two of its jars are both module " + module + ".", "Keep one of them in the folder."));
            }
            jar.packages().stream()
                    .filter(ModuleWorld::isApiPackage)
                    .sorted()
                    .findFirst()
                    .ifPresent(split -> refusals.add(new Refusal(
                            jar.name() + " contains package " + split
                                    + " of the gateway API, and a package can be in one module only.",
                            "Do not pack gateway-api into the plugin: give it scope \"provided\".")));
        }
    }

    private Optional<String> builtAgainst(
            Optional<JarContents> main, boolean modular, List<String> warnings, List<Refusal> refusals) {
        if (main.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> recorded = main.get().descriptor().stream()
                .flatMap(module -> module.requires().stream())
                .filter(requires -> requires.name().equals(ModuleWorld.API))
                .findFirst()
                .flatMap(ModuleDescriptor.Requires::rawCompiledVersion);
        Optional<String> built = recorded.or(main.get()::apiVersion);
        String subject = main.get().name();
        if (built.isEmpty()) {
            warnings.add(
                    modular
                            ? subject + " does not say which version of the gateway API it was compiled against."
                            : subject
                                    + " has no Gateway-Api-Version in its manifest: whether it fits this gateway is not "
                                    + "known before it fails. Its author should add it.");
        } else if (running.isPresent()) {
            Optional<ApiVersion> version = ApiVersion.parse(built.get());
            if (version.isEmpty()) {
                refusals.add(new Refusal(
                        subject + " says that it was compiled against version \"" + built.get()
                                + "\" of the gateway API, which is no version.",
                        "Correct Gateway-Api-Version in its manifest, for instance 1.0."));
            }
            version.flatMap(v -> running.get().refuses(v, subject)).ifPresent(refusals::add);
        }
        return built;
    }

    private static Optional<String> digest(PluginFiles files, List<JarContents> jars) {
        if (jars.size() != files.jars().size()) {
            return Optional.empty();
        }
        if (jars.size() == 1 && files.jars().getFirst().equals(files.path())) {
            return Optional.of(jars.getFirst().copy().sha256());
        }
        MessageDigest digest = PrivateCopies.sha256();
        jars.forEach(jar -> add(digest, jar.copy().sha256(), jar.name()));
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, String sha256, String name) {
        digest.update((sha256 + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The digest that the plugin would have if it were examined now; empty if its files cannot be read. */
    static Optional<String> digest(PluginFiles files) {
        try {
            if (files.jars().size() == 1 && files.jars().getFirst().equals(files.path())) {
                return Optional.of(PrivateCopies.digest(files.path()));
            }
            MessageDigest digest = PrivateCopies.sha256();
            for (Path jar : files.jars()) {
                add(digest, PrivateCopies.digest(jar), jar.getFileName().toString());
            }
            return Optional.of(HexFormat.of().formatHex(digest.digest()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Lets go of the copies of a plugin that is not loaded, or not any more. */
    void release(List<PrivateCopies.Copy> used) {
        used.forEach(copies::release);
    }
}
