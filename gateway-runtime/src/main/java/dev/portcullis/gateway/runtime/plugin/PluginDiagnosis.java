package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.plugin.PluginException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words what a throwable means that came out of loading a plugin. */
final class PluginDiagnosis {
    private static final Pattern MISSING_MODULE = Pattern.compile("Module (\\S+) not found, required by (\\S+)");
    private static final Pattern SHARED_PACKAGE =
            Pattern.compile("(?:Module|Modules|Package) .*package (\\S+).*", Pattern.DOTALL);
    private static final int CAUSES = 8;
    private static final int LONGEST = 1_000;

    static final String BUG = "This is a fault of the plugin: tell its author, or use another release.";

    private PluginDiagnosis() {}

    /**
     * @param doing what the gateway was doing, as a noun: {@code "The constructor of acme.Tools"}
     */
    static Refusal explain(String doing, Throwable thrown) {
        return switch (thrown) {
            case RefusedException refused -> refused.refusal();
            case PluginException refused ->
                new Refusal(
                        sentence(doing + " refused to start: " + message(refused)),
                        "Do what it says, or set enabled = false in its plugins.entries block.");
            case LoadThread.LateException late ->
                new Refusal(
                        doing + " did not come back within the load deadline; it was" + late.getMessage()
                                + " and was interrupted.",
                        "Check what it waits for (a service that does not answer, a lock), or tell its author.");
            case ServiceConfigurationError error when error.getCause() != null -> explain(doing, error.getCause());
            case ServiceConfigurationError error -> provider(doing, message(error));
            case ExceptionInInitializerError error ->
                new Refusal(
                        sentence(doing + " failed because a static initialiser threw " + words(rootOf(error))), BUG);
            case FindException missing -> missing(missing);
            case ResolutionException conflict -> resolution(conflict);
            case LayerInstantiationException conflict ->
                new Refusal(
                        sentence("Its modules do not fit together: " + message(conflict)),
                        "Two of its jars contain the same package: keep one of them.");
            case LinkageError error -> LinkDiagnosis.explain(doing, error);
            case ClassNotFoundException missing -> LinkDiagnosis.classMissing(doing, message(missing));
            case OutOfMemoryError error -> new Refusal(sentence(doing + " ran out of memory: " + message(error)), BUG);
            case StackOverflowError _ -> new Refusal(doing + " recursed without end (StackOverflowError).", BUG);
            case Exception failed -> exception(doing, failed);
            default -> new Refusal(sentence(doing + " threw " + words(thrown)), BUG);
        };
    }

    private static Refusal exception(String doing, Exception failed) {
        return isExit(failed)
                ? new Refusal(
                        sentence(doing + " wanted to end the process: " + message(failed)),
                        "A plugin returns or throws, and never ends the gateway: tell its author.")
                : new Refusal(
                        sentence(doing + " threw " + words(failed)),
                        "If the message does not say what it lacks, this is a fault of the plugin: tell its author, or use"
                                + " another release.");
    }

    /**
     * What a failure of running code means, if that is more than its type and message say.
     *
     * @return why and what to do, in whole sentences
     */
    static Optional<String> ofCall(Throwable thrown) {
        Throwable next = thrown;
        for (int depth = 0; next != null && depth < CAUSES; depth++) {
            if (next instanceof Error || next instanceof ClassNotFoundException || isExit(next)) {
                Refusal refusal = explain("It", next);
                return Optional.of(refusal.why() + " " + refusal.remedy());
            }
            next = cause(next);
        }
        return Optional.empty();
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable e) {
            return null;
        }
    }

    private static boolean isExit(Throwable thrown) {
        return thrown instanceof SecurityException && message(thrown).startsWith(ExitGuard.SAID);
    }

    private static Refusal provider(String doing, String message) {
        String why = sentence(doing + " failed: " + message);
        if (message.endsWith("not a subtype")) {
            return new Refusal(why, "Let the class implement the interface that it is declared for.");
        }
        return message.endsWith("not found")
                ? new Refusal(why, "Correct the declaration of the provider, or build the plugin again.")
                : new Refusal(why, BUG);
    }

    private static Refusal missing(FindException missing) {
        Matcher form = MISSING_MODULE.matcher(message(missing));
        if (!form.find()) {
            return new Refusal(sentence("Its modules cannot be found: " + message(missing)), BUG);
        }
        String name = form.group(1);
        String why = "Module " + form.group(2) + " requires module " + name + ", which ";
        if (name.equals(ModuleWorld.API)) {
            return new Refusal(
                    why + "this gateway does not run as a module.", "Start the gateway with bin/portcullis.");
        }
        if (ModuleWorld.isJdk(name)) {
            return new Refusal(
                    why + "this JDK has, but the gateway was started without.",
                    "Add --add-modules " + name + " to conf/jvm.options.");
        }
        boolean ours =
                ModuleFinder.ofSystem().find(name).isPresent() || name.startsWith("java.") || name.startsWith("jdk.");
        return ours
                ? new Refusal(
                        why + "this JDK does not have.", "Run the gateway on a full JDK, or remove the need for it.")
                : new Refusal(
                        why + "is not among the plugin's jars.",
                        "Put the jar of " + name + " into the plugin's folder (plugins/<name>/) beside it.");
    }

    private static Refusal resolution(ResolutionException conflict) {
        if (conflict.getCause() instanceof FindException cause) {
            return missing(cause);
        }
        Matcher shared = SHARED_PACKAGE.matcher(message(conflict));
        if (shared.matches()) {
            return new Refusal(
                    sentence("A package is in two modules: " + message(conflict)),
                    "Keep one of the two jars; what the JDK or the gateway API has must not be shipped.");
        }
        return new Refusal(sentence("Its modules do not fit together: " + message(conflict)), BUG);
    }

    private static Throwable rootOf(ExceptionInInitializerError error) {
        return error.getCause() == null ? error : error.getCause();
    }

    static String words(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        return message(thrown).isEmpty() ? type : type + ": " + message(thrown);
    }

    /** A message of foreign code, as one line of bounded length; asking for it may fail too. */
    static String message(Throwable thrown) {
        try {
            @Nullable String text = thrown.getMessage();
            if (text == null) {
                return "";
            }
            String line = line(text);
            return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
        } catch (Throwable e) {
            return "";
        }
    }

    /** On one line: no text can pretend to be a record of its own, and none is cut off for who reads line by line. */
    static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ").strip();
    }

    static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("!") ? text : text + ".";
    }
}
