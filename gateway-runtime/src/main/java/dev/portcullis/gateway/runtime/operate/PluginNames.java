package dev.portcullis.gateway.runtime.operate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names in a plugin's project: which are good, and which follow from which. */
final class PluginNames {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,47}");
    private static final Pattern PACKAGE = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");
    private static final Set<String> NO_IDENTIFIERS = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "false",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "null",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "true",
            "try",
            "void",
            "volatile",
            "while");
    private static final List<String> TAKEN = List.of("java", "javax", "jdk", "dev.portcullis.gateway");

    private PluginNames() {}

    /** @param ofFolder whether the folder's name was taken for want of another */
    static Optional<String> badName(String name, boolean ofFolder) {
        if (NAME.matcher(name).matches() && !name.endsWith("-")) {
            return Optional.empty();
        }
        return Optional.of("\"" + printable(name) + "\" cannot be a plugin's name"
                + (ofFolder ? ", which the folder's would be" : "")
                + ": use small letters, digits and '-', a letter first, at most 48 characters."
                + (ofFolder ? " Say another with --name." : ""));
    }

    static Optional<String> badPackage(String name) {
        String said = "\"" + printable(name) + "\" cannot be the package and module of a plugin: ";
        if (!PACKAGE.matcher(name).matches()) {
            return Optional.of(
                    said + "write small letters, digits and _ with dots between, such as com.example.weather.");
        }
        Optional<String> word =
                Stream.of(name.split("\\.")).filter(NO_IDENTIFIERS::contains).findFirst();
        if (word.isPresent()) {
            return Optional.of(
                    said + "\"" + word.get() + "\" is a word of the Java language. Say another with --package.");
        }
        return TAKEN.stream()
                .filter(taken -> name.equals(taken) || name.startsWith(taken + "."))
                .findFirst()
                .map(taken -> said + "what begins with " + taken + " belongs to others. Say another with --package.");
    }

    private static String printable(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() <= 80 ? shown : shown.substring(0, 80) + "…";
    }

    static String defaultPackage(String name) {
        String last = name.replace("-", "");
        return "com.example." + (NO_IDENTIFIERS.contains(last) ? last + "_plugin" : last);
    }

    /** {@code release-freeze} of kind policy: {@code ReleaseFreezePolicy}. */
    static String className(String name, PluginProject.Kind kind) {
        String stem = Stream.of(name.split("-"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
        return stem
                + switch (kind) {
                    case TOOL -> "Tools";
                    case AUTH -> "Auth";
                    case POLICY -> "Policy";
                };
    }

    static String toolName(String name) {
        return name.replace('-', '_') + "_hello";
    }
}
