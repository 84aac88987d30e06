package dev.portcullis.gateway.runtime.session;

import dev.portcullis.gateway.runtime.session.InvocationContext.Group;
import java.util.Locale;
import java.util.Optional;

/**
 * A session key, read and in canonical form.
 *
 * <pre>
 * key  = "agent:" agent ":" rest | "global" | "unknown" | any other text, which belongs below an agent
 * rest = "main" | channel ":group:" id | channel ":direct:" peer | "subagent:" id | "cron:" job | …
 * </pre>
 *
 * Keys are lower case, except for the ids that are case-sensitive on the remote side: the group id of {@code signal:group:}
 * and all that follows {@code matrix:channel:} and {@code matrix:group:}.
 *
 * @param text the canonical key
 * @param agent the normalised agent id; empty for {@code global}, {@code unknown} and keys without agent
 * @param rest what follows the agent; the whole key if it names none
 */
public record SessionKey(String text, Optional<String> agent, String rest) {
    /** The longest key that is accepted. */
    public static final int MAX_LENGTH = 512;

    static final String MAIN = "main";
    static final String GLOBAL = "global";
    static final String UNKNOWN = "unknown";

    /** What most requests ask for, by name or by naming none. */
    private static final SessionKey PLAIN_MAIN = new SessionKey(MAIN, Optional.empty(), MAIN);

    private static final String AGENT_PREFIX = "agent:";
    private static final String THREAD = ":thread:";
    private static final String SUBAGENT = "subagent";

    /**
     * Reads a key as sent.
     *
     * @throws InvalidSessionException if it is malformed, too long, or holds control characters
     */
    public static SessionKey parse(String sent) {
        if (sent.equals(MAIN)) {
            return PLAIN_MAIN;
        }
        String key = sent.strip();
        checkCharacters(key);
        if (!key.regionMatches(true, 0, AGENT_PREFIX, 0, AGENT_PREFIX.length())) {
            String canonical = canonicalRest(key);
            return new SessionKey(canonical, Optional.empty(), canonical);
        }
        int end = key.indexOf(':', AGENT_PREFIX.length());
        String agent = end < 0 ? "" : key.substring(AGENT_PREFIX.length(), end);
        String rest = end < 0 ? "" : key.substring(end + 1);
        if (agent.isBlank() || rest.isEmpty() || rest.startsWith(":")) {
            throw new InvalidSessionException("malformed session key \"" + key + "\"");
        }
        String canonical = canonicalRest(rest);
        return new SessionKey(
                AGENT_PREFIX + agent.toLowerCase(Locale.ROOT) + ":" + canonical,
                Optional.of(Ids.agent(agent)),
                canonical);
    }

    /** The key of that rest below an agent. */
    static SessionKey of(String agent, String rest) {
        String canonical = canonicalRest(rest);
        return new SessionKey(AGENT_PREFIX + agent + ":" + canonical, Optional.of(agent), canonical);
    }

    /** This key below an agent, unless it stands for itself or names one already. */
    SessionKey below(String owner) {
        return agent.isPresent() || isGlobal() || text.equals(UNKNOWN) ? this : of(owner, rest);
    }

    /** The same agent, another rest. */
    SessionKey withRest(String other) {
        String canonical = canonicalRest(other);
        return new SessionKey(text.substring(0, text.length() - rest.length()) + canonical, agent, canonical);
    }

    boolean isGlobal() {
        return text.equals(GLOBAL);
    }

    /** Whether it lies in the name space that agent harnesses keep for themselves. */
    boolean reserved() {
        return rest.startsWith("harness:");
    }

    boolean subagent() {
        return rest.startsWith(SUBAGENT + ":");
    }

    /** Whether sessions of this shape may have been spawned although they are no subagent's by name. */
    boolean mayBeSpawned() {
        return rest.startsWith("acp:") || rest.startsWith("dashboard:");
    }

    /** How many {@code subagent:} parts it has, if it is a subagent's. */
    int subagentParts() {
        if (!subagent()) {
            return 0;
        }
        int parts = 0;
        for (String part : rest.split(":", -1)) {
            if (part.equals(SUBAGENT)) {
                parts++;
            }
        }
        return parts;
    }

    /** The group that it names, with topic and sender still in its id. */
    Optional<Group> group() {
        if (!structured()) {
            return Optional.empty();
        }
        String body = withoutThread();
        Optional<Group> group = groupOf(body);
        return group.isEmpty() && body.startsWith(SUBAGENT + ":")
                ? groupOf(body.substring(SUBAGENT.length() + 1))
                : group;
    }

    /** The channel that it names: that of its group, or of a direct conversation. */
    Optional<String> channel() {
        return group().map(Group::channel).or(() -> direct().map(Direct::channel));
    }

    /** The account that it names: only a direct conversation may. */
    Optional<String> account() {
        return direct().flatMap(Direct::account);
    }

    /** What sort of session it is, main sessions apart. */
    String kind() {
        String first = rest.substring(0, Math.max(0, rest.indexOf(':')));
        return switch (first) {
            case "cron" -> "cron";
            case "hook" -> "hook";
            case "node" -> "node";
            default -> rest.startsWith("node-") ? "node" : group().isPresent() ? "group" : "other";
        };
    }

    @Override
    public String toString() {
        return text;
    }

    private record Direct(String channel, Optional<String> account) {}

    /** A rest of one part, like that of the main session, names neither group nor channel. */
    private boolean structured() {
        return rest.indexOf(':') >= 0;
    }

    private Optional<Direct> direct() {
        if (!structured()) {
            return Optional.empty();
        }
        String[] parts = rest.split(":", 5);
        if (nestedAgent(rest) || parts.length < 3) {
            return Optional.empty();
        }
        if (isDirect(parts[1])) {
            return named(parts[0]).map(channel -> new Direct(channel, Optional.empty()));
        }
        if (parts.length >= 4 && isDirect(parts[2])) {
            return named(parts[0]).map(channel -> new Direct(channel, Optional.of(Ids.account(parts[1]))));
        }
        return Optional.empty();
    }

    private static boolean isDirect(String part) {
        return part.equals("direct") || part.equals("dm");
    }

    private static Optional<String> named(String part) {
        return part.isBlank() ? Optional.empty() : Optional.of(part);
    }

    private String withoutThread() {
        int thread = rest.lastIndexOf(THREAD);
        return thread < 0 ? rest : rest.substring(0, thread);
    }

    private static Optional<Group> groupOf(String body) {
        String[] parts = body.split(":", 3);
        if (parts.length < 3 || parts[2].isEmpty() || nestedAgent(body)) {
            return Optional.empty();
        }
        return parts[1].equals("group") || parts[1].equals("channel")
                ? named(parts[0]).map(channel -> new Group(channel, parts[2]))
                : Optional.empty();
    }

    private static boolean nestedAgent(String body) {
        return body.startsWith(AGENT_PREFIX);
    }

    private static String canonicalRest(String rest) {
        if (rest.indexOf(':') < 0) {
            return rest.toLowerCase(Locale.ROOT);
        }
        String[] parts = rest.split(":", 3);
        if (parts.length == 3) {
            String head = (parts[0] + ":" + parts[1] + ":").toLowerCase(Locale.ROOT);
            if (head.equals("matrix:channel:") || head.equals("matrix:group:")) {
                return head + parts[2];
            }
            if (head.equals("signal:group:")) {
                int end = parts[2].indexOf(':');
                return end < 0
                        ? head + parts[2]
                        : head
                                + parts[2].substring(0, end)
                                + parts[2].substring(end).toLowerCase(Locale.ROOT);
            }
        }
        return rest.toLowerCase(Locale.ROOT);
    }

    private static void checkCharacters(String key) {
        if (key.length() > MAX_LENGTH) {
            throw new InvalidSessionException(
                    "session key has " + key.length() + " characters, at most " + MAX_LENGTH + " are accepted");
        }
        for (int i = 0; i < key.length(); i++) {
            if (Character.isISOControl(key.charAt(i))) {
                throw new InvalidSessionException(String.format(
                        Locale.ROOT,
                        "session key contains a control character (U+%04X) at position %d",
                        (int) key.charAt(i),
                        i));
            }
        }
    }
}
