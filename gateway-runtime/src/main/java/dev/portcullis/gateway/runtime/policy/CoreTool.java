package dev.portcullis.gateway.runtime.policy;

import static dev.portcullis.gateway.runtime.policy.CoreTool.Reach.ANYONE;
import static dev.portcullis.gateway.runtime.policy.CoreTool.Reach.OWNER;

import dev.portcullis.gateway.runtime.config.ToolRules.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names table: the tools that OpenClaw 2026.9.6 calls core, with what its rules say about the names. Groups, profiles and
 * owner-only rules go by name alone, whoever provides the tool and whether or not anybody does.
 */
enum CoreTool {
    LS("fs", ANYONE, Profile.CODING),
    READ("fs", ANYONE, Profile.CODING),
    WRITE("fs", ANYONE, Profile.CODING),
    EDIT("fs", ANYONE, Profile.CODING),
    APPLY_PATCH("fs", ANYONE, Profile.CODING),
    EXEC("runtime", ANYONE, Profile.CODING),
    PROCESS("runtime", ANYONE, Profile.CODING),
    CODE_EXECUTION("runtime", ANYONE, Profile.CODING),
    SECRETS("runtime", ANYONE, Profile.CODING, Profile.MESSAGING),
    WEB_SEARCH("web", ANYONE, Profile.CODING),
    WEB_FETCH("web", ANYONE, Profile.CODING),
    X_SEARCH("web", ANYONE, Profile.CODING),
    MEMORY_SEARCH("memory", ANYONE, Profile.CODING),
    MEMORY_GET("memory", ANYONE, Profile.CODING),
    SESSIONS("sessions", OWNER, Profile.CODING, Profile.MESSAGING),
    SESSIONS_LIST("sessions", ANYONE, Profile.CODING, Profile.MESSAGING),
    SESSIONS_HISTORY("sessions", ANYONE, Profile.CODING, Profile.MESSAGING),
    SESSIONS_SEARCH("sessions", ANYONE, Profile.CODING, Profile.MESSAGING),
    CONVERSATIONS_LIST("sessions", OWNER, Profile.CODING, Profile.MESSAGING),
    CONVERSATIONS_SEND("sessions", OWNER, Profile.CODING, Profile.MESSAGING),
    CONVERSATIONS_TURN("sessions", OWNER, Profile.CODING, Profile.MESSAGING),
    SESSIONS_SEND("sessions", ANYONE, Profile.CODING, Profile.MESSAGING),
    SESSIONS_SPAWN("sessions", ANYONE, Profile.CODING, Profile.MESSAGING),
    GITHUB_IDENTITY_STATUS("sessions", ANYONE, Profile.CODING),
    GITHUB_PUBLISH("sessions", ANYONE, Profile.CODING),
    AGENTS_WAIT("sessions", ANYONE, Profile.CODING),
    SESSIONS_YIELD("sessions", ANYONE, Profile.CODING, Profile.MESSAGING),
    SUBAGENTS("sessions", ANYONE, Profile.CODING, Profile.MESSAGING),
    SESSION_STATUS("sessions", ANYONE, Profile.MINIMAL, Profile.CODING, Profile.MESSAGING),
    SUGGEST_TASK("sessions", ANYONE, Profile.CODING),
    DISMISS_TASK("sessions", ANYONE, Profile.CODING),
    BROWSER("ui", ANYONE),
    SCREEN("ui", OWNER, Profile.CODING),
    THEME("ui", ANYONE, Profile.CODING, Profile.MESSAGING),
    DASHBOARD("ui", ANYONE, Profile.CODING),
    TERMINAL("ui", OWNER, Profile.CODING),
    PORTAL("ui", OWNER, Profile.CODING),
    CANVAS("ui", ANYONE),
    SHOW_WIDGET("ui", ANYONE),
    MESSAGE("messaging", ANYONE, Profile.MESSAGING),
    HEARTBEAT_RESPOND("automation", ANYONE),
    AUTOMATIONS("automation", OWNER, Profile.CODING),
    GATEWAY("automation", OWNER, Profile.MINIMAL, Profile.CODING, Profile.MESSAGING),
    PLUGINS("automation", OWNER, Profile.CODING),
    OPENCLAW("automation", OWNER),
    NODES("nodes", OWNER),
    COMPUTER("nodes", OWNER),
    MOBILE_UI("nodes", OWNER),
    AGENTS_LIST("agents", ANYONE),
    GET_GOAL("agents", ANYONE, Profile.CODING),
    CREATE_GOAL("agents", ANYONE, Profile.CODING),
    UPDATE_GOAL("agents", ANYONE, Profile.CODING),
    PROGRESS_CARD("agents", ANYONE, Profile.CODING),
    ASK_USER("agents", ANYONE, Profile.CODING, Profile.MESSAGING),
    SKILL_WORKSHOP("agents", ANYONE, Profile.CODING),
    VIEW_IMAGE("media", ANYONE, Profile.CODING),
    IMAGE_GENERATE("media", ANYONE, Profile.CODING),
    MUSIC_GENERATE("media", ANYONE, Profile.CODING),
    VIDEO_GENERATE("media", ANYONE, Profile.CODING),
    TTS("media", ANYONE),
    PDF("media", ANYONE);

    /** Whether a principal without {@code operator.admin} may reach it. */
    enum Reach {
        ANYONE,
        OWNER
    }

    private static final String GROUP = "group:";

    /** Core tools that {@code group:openclaw} leaves out. */
    private static final Set<CoreTool> NOT_OPENCLAW = Set.of(LS, READ, WRITE, EDIT, APPLY_PATCH, EXEC, PROCESS, CANVAS);

    private static final Map<String, CoreTool> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(CoreTool::toolName, tool -> tool));

    private static final Map<String, List<String>> GROUPS = groupsOf(values());

    private final String section;
    private final boolean ownerOnly;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Profile> profiles;

    CoreTool(String section, Reach reach, Profile... profiles) {
        this.section = section;
        this.ownerOnly = reach == OWNER;
        this.profiles = Set.of(profiles);
    }

    String toolName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean ownerOnly() {
        return ownerOnly;
    }

    String section() {
        return section;
    }

    Set<Profile> profiles() {
        return profiles;
    }

    static Optional<CoreTool> named(String normalised) {
        return Optional.ofNullable(BY_NAME.get(normalised));
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** Names of the groups, each with the names of its members. */
    static Map<String, List<String>> groups() {
        return GROUPS;
    }

    /** What a profile allows; {@code *} for the full one. */
    static List<String> allowedBy(Profile profile) {
        return switch (profile) {
            case FULL -> List.of("*");
            case MINIMAL -> inProfile(profile).toList();
            // Tools of configured MCP servers carry this plugin name.
            case CODING, MESSAGING ->
                Stream.concat(inProfile(profile), Stream.of("bundle-mcp")).toList();
        };
    }

    private static Stream<String> inProfile(Profile profile) {
        return Stream.of(values())
                .filter(tool -> tool.profiles.contains(profile))
                .map(CoreTool::toolName);
    }

    private static Map<String, List<String>> groupsOf(CoreTool[] tools) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (CoreTool tool : tools) {
            groups.computeIfAbsent(GROUP + tool.section, key -> new ArrayList<>())
                    .add(tool.toolName());
            if (!NOT_OPENCLAW.contains(tool)) {
                groups.computeIfAbsent(GROUP + "openclaw", key -> new ArrayList<>())
                        .add(tool.toolName());
            }
        }
        groups.replaceAll((name, members) -> List.copyOf(members));
        return Map.copyOf(groups);
    }
}
