package dev.portcullis.gateway.runtime.policy;

import dev.portcullis.gateway.runtime.config.HttpToolsConfig;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What no remote caller reaches, whatever the policy allows, unless the operator takes it off the list by name; and what only
 * owners reach. The last word: no policy and no plugin comes after it.
 */
public final class HttpDenyList {
    private static final String NAME = "HTTP deny list";
    private static final String OWNERS = "owner-only tools";
    private static final String ALLOW = "gateway.tools.allow";
    private static final String DENY = "gateway.tools.deny";

    private static final String RUNS_COMMANDS = "runs commands on the gateway's host";
    private static final String READS_FILES = "reads files of the gateway's host";
    private static final String CHANGES_FILES = "changes files of the gateway's host";
    private static final String SPEAKS_FOR_OTHERS = "reads or writes other people's conversations";
    private static final String CONTROLS_DEVICE = "operates a device or its screen";
    private static final String NEEDS_A_SCREEN = "needs a client that can show it, which a plain HTTP caller is not";

    private static final Map<String, String> REASONS = reasons();

    /** Exact names, as written, by normalised name: what opens is named one by one. */
    private final Map<String, String> allow;

    private final Entries deny;

    HttpDenyList(HttpToolsConfig config) {
        this.allow = byName(config.allow());
        this.deny = Entries.of(config.deny());
    }

    /** The list as it ships: names, and why each is on it, in the order in which documentation shows them. */
    public static Map<String, String> shipped() {
        return REASONS;
    }

    /** The last step, for owners or for everybody else. */
    Applied appliedTo(boolean owner) {
        return new Applied(this, owner);
    }

    private static Map<String, String> byName(Collection<String> written) {
        Map<String, String> names = new HashMap<>();
        written.forEach(entry -> names.putIfAbsent(ToolNames.normalise(entry), entry));
        return Map.copyOf(names);
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("exec", RUNS_COMMANDS);
        reasons.put("spawn", "starts processes on the gateway's host");
        reasons.put("shell", RUNS_COMMANDS);
        reasons.put("process", "watches and feeds running commands");
        reasons.put("terminal", "is an interactive shell on the gateway's host");
        reasons.put("ls", READS_FILES);
        reasons.put("read", READS_FILES);
        reasons.put("write", CHANGES_FILES);
        reasons.put("edit", CHANGES_FILES);
        reasons.put("fs_write", CHANGES_FILES);
        reasons.put("fs_delete", CHANGES_FILES);
        reasons.put("fs_move", CHANGES_FILES);
        reasons.put("apply_patch", "rewrites any number of files at once");
        reasons.put("sessions_spawn", "starts agents, which can do all that agents can");
        reasons.put("sessions_send", "puts messages into other sessions");
        reasons.put("conversations_list", SPEAKS_FOR_OTHERS);
        reasons.put("conversations_send", SPEAKS_FOR_OTHERS);
        reasons.put("conversations_turn", SPEAKS_FOR_OTHERS);
        reasons.put("automations", "leaves work behind that runs later without a caller (also asked for as cron)");
        reasons.put("gateway", "reads and changes the gateway's own configuration");
        reasons.put("plugins", "installs code into the gateway");
        reasons.put("openclaw", "drives the gateway's own command line");
        reasons.put("nodes", "relays commands to paired hosts");
        reasons.put("computer", CONTROLS_DEVICE);
        reasons.put("mobile_ui", CONTROLS_DEVICE);
        reasons.put("portal", "opens a way into the gateway's network");
        reasons.put("whatsapp_login", "waits for a code that somebody scans at a terminal, so it hangs over HTTP");
        reasons.put("screen", NEEDS_A_SCREEN);
        reasons.put("show_widget", NEEDS_A_SCREEN);
        reasons.put("suggest_task", NEEDS_A_SCREEN);
        reasons.put("dismiss_task", NEEDS_A_SCREEN);
        reasons.put("heartbeat_respond", "answers a heartbeat of the gateway, which no HTTP caller has received");
        return Collections.unmodifiableMap(reasons);
    }

    /** The list as it holds for one kind of caller. */
    record Applied(HttpDenyList list, boolean owner) implements Step {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Verdict judge(Candidate tool) {
            String denied = list.deny.match(tool);
            if (denied != null) {
                return Verdict.removed(
                        DENY,
                        denied,
                        "denied by the entry \"" + denied + "\"",
                        "take \"" + denied + "\" out of " + DENY);
            }
            if (!owner
                    && CoreTool.named(tool.name()).filter(CoreTool::ownerOnly).isPresent()) {
                return Verdict.removed(OWNERS, null, "for owners only", "call with the scope operator.admin");
            }
            String reason = REASONS.get(tool.name());
            if (reason == null) {
                return Verdict.none(NAME, "not on the list");
            }
            return onTheList(tool, reason, list.allow.get(tool.name()));
        }

        private Verdict onTheList(Candidate tool, String reason, @Nullable String lifted) {
            if (lifted == null) {
                return Verdict.removed(
                        NAME,
                        null,
                        "on the list because it " + reason,
                        "add \"" + tool.name() + "\" to " + ALLOW + ", if owners shall reach it remotely");
            }
            return owner
                    ? Verdict.kept(ALLOW, lifted, "taken off the list by the entry \"" + lifted + "\"")
                    : Verdict.removed(
                            NAME,
                            null,
                            "on the list because it " + reason + "; " + ALLOW + " takes it off for owners only",
                            "call with the scope operator.admin");
        }
    }
}
