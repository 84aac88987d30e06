package dev.portcullis.gateway.runtime;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.portcullis.gateway.api.tool.Tool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The walls between the rooms, as rules about any base package, so that a house of fixtures can break each of them. */
final class Architecture {
    /** Who may know whom; {@code ""} is the root package. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("session", Set.of("config")),
            Map.entry("tls", Set.of("config")),
            Map.entry("auth", Set.of("telemetry", "config")),
            Map.entry("json", Set.of("config")),
            Map.entry("audit", Set.of("json", "config")),
            Map.entry("policy", Set.of("session", "telemetry", "config")),
            Map.entry("catalog", Set.of("policy", "config")),
            Map.entry("telemetry", Set.of("audit", "json", "config")),
            Map.entry("invoke", Set.of("auth", "session", "policy", "catalog", "audit", "telemetry", "config")),
            Map.entry(
                    "http",
                    Set.of(
                            "ws",
                            "tls",
                            "invoke",
                            "auth",
                            "session",
                            "policy",
                            "catalog",
                            "audit",
                            "operate",
                            "telemetry",
                            "json",
                            "config")),
            Map.entry("ws", Set.of("invoke", "auth", "session", "policy", "catalog", "audit", "operate", "config")),
            Map.entry("plugin", Set.of("catalog", "auth", "policy", "json", "config")),
            Map.entry("operate", Set.of("plugin", "tls", "auth", "catalog", "policy", "session", "config")),
            Map.entry("cli", Set.of("", "operate", "audit", "telemetry", "tls", "json", "config")),
            Map.entry("kit", Set.of("", "http", "invoke", "plugin", "auth", "session", "policy", "audit", "config")));

    /** Which rooms may know a library; every other room, and the root package, may not. */
    private static final Map<String, Set<String>> LIBRARIES = Map.of(
            "io.helidon", Set.of("http"),
            "tools.jackson", Set.of("json", "config", "http", "catalog", "audit", "cli"),
            "com.fasterxml.jackson", Set.of("config", "http", "catalog", "audit", "cli"),
            "com.networknt", Set.of("catalog"),
            "com.typesafe.config", Set.of("config"),
            "picocli", Set.of("cli"),
            "io.prometheus", Set.of("telemetry"),
            "java.sql", Set.of("session"));

    private final String base;

    Architecture(String base) {
        this.base = base;
    }

    /** All rules, by what they say. */
    Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new TreeMap<>();
        rules.put("rooms form no cycle", noCycles());
        rules.put("only ToolExecutor runs a tool", onlyTheExecutorRunsATool());
        rules.put("the catalog gives out a tool for a permission only", catalogGivesOutForPermission());
        rules.put("only the policy room makes a permission", onlyPolicyMakesAPermission());
        ARROWS.forEach((room, known) -> rules.put(room + " knows only " + known, arrows(room, known)));
        LIBRARIES.forEach(
                (library, rooms) -> rules.put(library + " is known to " + rooms + " only", library(library, rooms)));
        return rules;
    }

    private ArchRule noCycles() {
        return slices().matching(base + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    private ArchRule arrows(String room, Set<String> known) {
        List<String> others = ARROWS.keySet().stream()
                .filter(other -> !other.equals(room) && !known.contains(other))
                .map(this::inRoom)
                .toList();
        DescribedPredicate<JavaClass> unknown = resideInAnyPackage(others.toArray(String[]::new));
        if (!known.contains("")) {
            unknown = unknown.or(resideInAPackage(base));
        }
        return noClasses()
                .that()
                .resideInAPackage(inRoom(room))
                .should()
                .dependOnClassesThat(unknown)
                .allowEmptyShould(true);
    }

    private ArchRule library(String library, Set<String> rooms) {
        String[] allowed = rooms.stream().map(this::inRoom).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .and()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .allowEmptyShould(true);
    }

    private ArchRule onlyTheExecutorRunsATool() {
        String executor = base + ".invoke.ToolExecutor";
        return classes()
                .that()
                .resideInAPackage(base + "..")
                .should(new ArchCondition<>("not run a tool, unless it is " + executor) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (type.getFullName().equals(executor)
                                || type.getFullName().startsWith(executor + "$")) {
                            return;
                        }
                        // A method reference runs a tool as well as a call does.
                        type.getAccessesFromSelf().stream()
                                .filter(Architecture::runsATool)
                                .map(JavaAccess::getDescription)
                                .forEach(where -> events.add(SimpleConditionEvent.violated(type, where)));
                    }
                })
                .allowEmptyShould(true);
    }

    private static boolean runsATool(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return access.getTarget().getName().equals("invoke")
                && (owner.isAssignableTo(Tool.class) || owner.isAssignableTo(Tool.Handler.class));
    }

    private ArchRule catalogGivesOutForPermission() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .haveFullyQualifiedName(base + ".catalog.ToolCatalog")
                .and()
                .areNotPrivate()
                .should(new ArchCondition<>("take a permission if they give out a tool") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean givesOut = method.getReturnType().getAllInvolvedRawTypes().stream()
                                .anyMatch(type -> type.isAssignableTo(Tool.class)
                                        || type.getSimpleName().equals("CatalogTool"));
                        boolean permitted = method.getRawParameterTypes().stream()
                                .anyMatch(type -> type.getFullName().equals(base + ".policy.Allowed"));
                        if (givesOut && !permitted) {
                            events.add(SimpleConditionEvent.violated(method, method.getDescription()));
                        }
                    }
                })
                .allowEmptyShould(true);
    }

    private ArchRule onlyPolicyMakesAPermission() {
        return noClasses()
                .that(resideInAPackage(base + "..").and(resideOutsideOfPackage(inRoom("policy"))))
                .should()
                .callConstructorWhere(new DescribedPredicate<>("a permission is made") {
                    @Override
                    public boolean test(com.tngtech.archunit.core.domain.JavaConstructorCall call) {
                        return call.getTargetOwner().getFullName().equals(base + ".policy.Allowed");
                    }
                })
                .allowEmptyShould(true);
    }

    private String inRoom(String room) {
        return base + "." + room + "..";
    }
}
