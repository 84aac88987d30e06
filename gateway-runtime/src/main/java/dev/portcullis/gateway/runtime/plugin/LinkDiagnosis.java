package dev.portcullis.gateway.runtime.plugin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in words why the classes of a plugin do not link: what is missing, whose it is, and how to get it. */
final class LinkDiagnosis {
    private static final Pattern CLASS_NAME = Pattern.compile("[\\w$]+(?:\\.[\\w$]+)*");
    private static final Pattern MEMBER_OWNER = Pattern.compile("([\\w$]+(?:\\.[\\w$]+)+)\\.[\\w$<>]+\\(");
    private static final Pattern UNREAD = Pattern.compile("module (\\S+) does not read module ([\\w.]+)");
    private static final Pattern UNEXPORTED =
            Pattern.compile("module (\\S+) does not (?:export|open) (?:\"?)([\\w.]+)");
    private static final String REBUILD =
            "Its classes do not fit together: build the plugin again with the libraries it" + " ships.";

    private LinkDiagnosis() {}

    static Refusal explain(String doing, LinkageError error) {
        String message = PluginDiagnosis.message(error);
        return switch (error) {
            case UnsupportedClassVersionError _ ->
                new Refusal(
                        PluginDiagnosis.sentence(doing + " needs a newer Java: " + message),
                        "Run the gateway on a newer JDK, or compile the plugin with --release "
                                + Runtime.version().feature() + ".");
            case NoClassDefFoundError _ ->
                message.startsWith("Could not initialize class")
                        ? new Refusal(
                                PluginDiagnosis.sentence(
                                        doing + " failed because a static initialiser failed before: " + message),
                                PluginDiagnosis.BUG)
                        : classMissing(doing, message.replace('/', '.'));
            case NoSuchMethodError _ -> memberMissing(doing, "method", message);
            case NoSuchFieldError _ -> memberMissing(doing, "field", message);
            case AbstractMethodError _ -> memberMissing(doing, "method", message);
            case IllegalAccessError _ -> inaccessible(doing, message);
            default ->
                new Refusal(
                        PluginDiagnosis.sentence(doing + " failed to link: " + PluginDiagnosis.words(error)), REBUILD);
        };
    }

    static Refusal classMissing(String doing, String message) {
        Matcher form = CLASS_NAME.matcher(message);
        String name = form.lookingAt() ? form.group() : message;
        String needs = doing + " needs class " + name;
        int dot = name.lastIndexOf('.');
        String packageName = dot < 0 ? "" : name.substring(0, dot);
        if (ModuleWorld.isApiPackage(packageName)) {
            return new Refusal(
                    needs + ", which the API of this gateway does not have.",
                    "The plugin was compiled against another version of gateway-api: update the one or the other.");
        }
        Optional<String> ofJdk = ModuleWorld.jdkModuleOf(packageName);
        if (ofJdk.isPresent()) {
            return ofJdk(needs, ofJdk.get());
        }
        Optional<String> ofGateway = ModuleWorld.privateModuleOf(packageName);
        if (ofGateway.isPresent()) {
            return new Refusal(
                    needs + ", which is in none of the plugin's jars. The gateway has it, in its private module "
                            + ofGateway.get() + ", and that is not there for plugins.",
                    "Ship your own copy of the library in the plugin's folder (plugins/<name>/).");
        }
        return new Refusal(
                needs + ", which is in none of the plugin's jars, the JDK or the gateway API.",
                "Put the jar that has it into the plugin's folder (plugins/<name>/); the gateway's own libraries are not "
                        + "there for plugins.");
    }

    private static Refusal ofJdk(String needs, String module) {
        boolean there = ModuleLayer.boot().findModule(module).isPresent();
        return there
                ? new Refusal(
                        needs + ", which module " + module + " of this JDK ("
                                + Runtime.version().feature() + ") does not have.",
                        "The plugin was made for another Java: get a release of it for Java "
                                + Runtime.version().feature() + ".")
                : new Refusal(
                        needs + " of module " + module + ", which this JDK has, but the gateway was started without.",
                        "Add --add-modules " + module + " to conf/jvm.options.");
    }

    private static Refusal memberMissing(String doing, String member, String message) {
        String needs = PluginDiagnosis.sentence(doing + " needs a " + member + " that is not there: " + message);
        Matcher owner = MEMBER_OWNER.matcher(message);
        boolean ofApi = owner.find()
                && ModuleWorld.isApiPackage(
                        owner.group(1).substring(0, owner.group(1).lastIndexOf('.')));
        return ofApi
                ? new Refusal(
                        needs + " The API of this gateway does not have it.",
                        "The plugin was compiled against another version of gateway-api: update the one or the other.")
                : new Refusal(
                        needs,
                        "A library, or the gateway API, has another version than the plugin was compiled against: ship"
                                + " the right one in the plugin's folder.");
    }

    private static Refusal inaccessible(String doing, String message) {
        String why = PluginDiagnosis.sentence(doing + " may not use what it wants to: " + message);
        Matcher unread = UNREAD.matcher(message);
        if (unread.find()) {
            return new Refusal(
                    why, "Add \"requires " + unread.group(2) + ";\" to the module-info of " + unread.group(1) + ".");
        }
        return UNEXPORTED.matcher(message).find()
                ? new Refusal(
                        why, "Use what that module exports: its inside is closed to plugins, and no key opens it.")
                : new Refusal(why, REBUILD);
    }
}
