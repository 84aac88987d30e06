package dev.portcullis.gateway.runtime.plugin;

import dev.portcullis.gateway.api.plugin.PluginException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words what a throwable means that came out of loading a plugin. */
final class PluginDiagnosis {
    private static final Pattern MISSING_MODULE = Pattern.compile("Module (\\S+) not found, required by (\\S+)");
    private static final Pattern SHARED_PACKAGE =
            Pattern.compile("(?:Module|Modules|Package) .*package (\\S+).*", Pattern.DOTALL);
    private static final String BUG = "This is a fault of the plugin: tell its author, or use another release.";

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
            case ServiceConfigurationError error -> new Refusal(sentence(doing + " failed: " + message(error)), BUG);
            case ExceptionInInitializerError error ->
                new Refusal(
                        sentence(doing + " failed because a static initialiser threw " + words(rootOf(error))), BUG);
            case FindException missing -> missing(missing);
            case ResolutionException conflict -> resolution(conflict);
            case LayerInstantiationException conflict ->
                new Refusal(
                        sentence("Its modules do not fit together: " + message(conflict)),
                        "Two of its jars contain the same package: keep one of them.");
            case UnsupportedClassVersionError newer ->
                new Refusal(
                        sentence(doing + " needs a newer Java: " + message(newer)),
                        "Run the gateway on a newer JDK, or compile the plugin with --release "
                                + Runtime.version().feature() + ".");
            case LinkageError error -> linkage(doing, error);
            case ClassNotFoundException missing -> classMissing(doing, message(missing));
            case OutOfMemoryError error -> new Refusal(sentence(doing + " ran out of memory: " + message(error)), BUG);
            case StackOverflowError _ -> new Refusal(doing + " recursed without end (StackOverflowError).", BUG);
            default -> new Refusal(sentence(doing + " threw " + words(thrown)), BUG);
        };
    }

    private static Refusal linkage(String doing, LinkageError error) {
        return switch (error) {
            case NoClassDefFoundError missing
            when message(missing).startsWith("Could not initialize class") ->
                new Refusal(
                        sentence(doing + " failed because a static initialiser failed before: " + message(missing)),
                        BUG);
            case NoClassDefFoundError missing ->
                classMissing(doing, message(missing).replace('/', '.'));
            case NoSuchMethodError missing -> memberMissing(doing, "method", missing);
            case NoSuchFieldError missing -> memberMissing(doing, "field", missing);
            case AbstractMethodError missing -> memberMissing(doing, "method", missing);
            default ->
                new Refusal(
                        sentence(doing + " failed to link: " + words(error)),
                        "Its classes do not fit together: build the plugin again with the libraries it ships.");
        };
    }

    private static Refusal classMissing(String doing, String name) {
        int dot = name.lastIndexOf('.');
        if (dot > 0 && ModuleWorld.isApiPackage(name.substring(0, dot))) {
            return new Refusal(
                    doing + " needs class " + name + ", which the API of this gateway does not have.",
                    "The plugin was compiled against another version of gateway-api: update the one or the other.");
        }
        return new Refusal(
                doing + " needs class " + name + ", which is in none of the plugin's jars, the JDK or the gateway API.",
                "Put the jar that has it into the plugin's folder (plugins/<name>/); the gateway's own libraries are not "
                        + "there for plugins.");
    }

    private static Refusal memberMissing(String doing, String member, Error error) {
        return new Refusal(
                sentence(doing + " needs a " + member + " that is not there: " + message(error)),
                "A library, or the gateway API, has another version than the plugin was compiled against: ship the right one.");
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

    private static String words(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        return message(thrown).isEmpty() ? type : type + ": " + message(thrown);
    }

    /** A message of foreign code; asking for it may fail too. */
    private static String message(Throwable thrown) {
        try {
            @Nullable String text = thrown.getMessage();
            return text == null ? "" : text.strip();
        } catch (RuntimeException | Error e) {
            return "";
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("!") ? text : text + ".";
    }
}
