package dev.portcullis.gateway.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LinkDiagnosisTest {
    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(
                        new NoClassDefFoundError("dev/portcullis/gateway/api/tool/Newer"),
                        "needs class dev.portcullis.gateway.api.tool.Newer, which the API of this gateway does not have.",
                        "update the one or the other"),
                Arguments.of(
                        new NoClassDefFoundError("tools/jackson/databind/ObjectMapper"),
                        "The gateway has it, in its private module tools.jackson.databind, and that is not there for plugins.",
                        "Ship your own copy of the library"),
                Arguments.of(
                        new NoClassDefFoundError("java/util/Newer"),
                        "which module java.base of this JDK ("
                                + Runtime.version().feature() + ") does not have.",
                        "The plugin was made for another Java"),
                Arguments.of(
                        new NoClassDefFoundError("acme/Gone (wrong name: other/Gone)"),
                        "needs class acme.Gone, which is in none of the plugin's jars, the JDK or the gateway API.",
                        "Put the jar that has it"),
                Arguments.of(
                        new NoClassDefFoundError("Could not initialize class acme.Statics"),
                        "a static initialiser failed before",
                        "tell its author"),
                Arguments.of(
                        new NoSuchMethodError(
                                "'void dev.portcullis.gateway.api.tool.ToolDescriptor$Builder.icon(java.net.URI)'"),
                        "The API of this gateway does not have it.",
                        "update the one or the other"),
                Arguments.of(
                        new NoSuchMethodError("'void acme.Library.newer()'"),
                        "needs a method that is not there: 'void acme.Library.newer()'.",
                        "A library, or the gateway API, has another version"),
                Arguments.of(
                        new NoSuchFieldError("Class acme.Library does not have member field 'int x'"),
                        "needs a field that is not there",
                        "ship the right one"),
                Arguments.of(
                        new AbstractMethodError("Receiver class acme.Tools does not define 'abstract void go()'"),
                        "needs a method that is not there",
                        "ship the right one"),
                Arguments.of(
                        new IllegalAccessError(
                                "class acme.A (in module acme) cannot access class java.sql.Date (in module"
                                        + " java.sql) because module acme does not read module java.sql"),
                        "may not use what it wants to",
                        "Add \"requires java.sql;\" to the module-info of acme."),
                Arguments.of(
                        new IllegalAccessError(
                                "class acme.A cannot access class sun.nio.ch.Net (in module java.base) because"
                                        + " module java.base does not export sun.nio.ch to module acme"),
                        "may not use what it wants to",
                        "Use what that module exports"),
                Arguments.of(
                        new VerifyError("Bad type on operand stack\nException Details:\n  Location: x"),
                        "failed to link: VerifyError: Bad type on operand stack Exception Details:",
                        "build the plugin again"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void missingPartIsNamedWithItsOwnerAndTheWayToGetIt(LinkageError error, String why, String remedy) {
        Refusal refusal = PluginDiagnosis.explain("It", error);

        assertTrue(refusal.why().contains(why), refusal::why);
        assertTrue(refusal.remedy().contains(remedy), refusal::remedy);
    }

    @Test
    void moduleOfTheJdkThatIsNotInUseCanBeAdded() {
        ModuleDescriptor unused = ModuleFinder.ofSystem().findAll().stream()
                .map(ModuleReference::descriptor)
                .filter(module -> ModuleLayer.boot().findModule(module.name()).isEmpty())
                .filter(module -> !module.packages().isEmpty())
                .findFirst()
                .orElseThrow();
        String missing = unused.packages().iterator().next() + ".Gone";

        Refusal refusal = PluginDiagnosis.explain("It", new NoClassDefFoundError(missing.replace('.', '/')));

        assertEquals(
                "It needs class " + missing + " of module " + unused.name()
                        + ", which this JDK has, but the gateway was started without.",
                refusal.why());
        assertEquals("Add --add-modules " + unused.name() + " to conf/jvm.options.", refusal.remedy());
    }

    @Test
    void linkageErrorIsFoundBehindWhatAToolMadeOfIt() {
        Optional<String> said =
                PluginDiagnosis.ofCall(new IllegalStateException("failed", new NoClassDefFoundError("acme/Gone")));

        assertTrue(said.orElseThrow().contains("needs class acme.Gone"));
    }

    @Test
    void ordinaryExceptionsSpeakForThemselves() {
        assertEquals(Optional.empty(), PluginDiagnosis.ofCall(new IllegalStateException("no answer")));
    }

    @Test
    void exceptionThatCannotBeAskedIsExplainedAllTheSame() {
        Refusal refusal = PluginDiagnosis.explain("It", new RuntimeException() {
            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }
        });

        assertTrue(refusal.why().startsWith("It threw "), refusal::why);
    }
}
