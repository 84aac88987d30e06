package dev.portcullis.gateway.tools;

import dev.portcullis.gateway.api.plugin.GatewayServices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services over two maps, without any policy of their own. */
final class FakeServices implements GatewayServices, GatewayServices.Sessions, GatewayServices.ConfigView {
    final Map<String, Session> kept = new LinkedHashMap<>();
    final Map<String, List<Message>> transcripts = new LinkedHashMap<>();
    Optional<String> refusal = Optional.empty();
    Optional<String> warning = Optional.empty();
    List<Agent> targets = List.of(new FakeAgent("main", Optional.empty(), Optional.empty(), true));

    FakeServices keep(String key, String label, String... said) {
        List<Message> messages = new ArrayList<>();
        for (String text : said) {
            messages.add(new FakeMessage(
                    text.startsWith("tool") ? "tool" : "user", text, Instant.ofEpochSecond(messages.size())));
        }
        transcripts.put(key, messages);
        kept.put(key, new FakeSession(key, Optional.of("id-" + key), Optional.of(label), Optional.of(Instant.EPOCH)));
        return this;
    }

    record FakeAgent(String id, Optional<String> name, Optional<String> model, boolean configured) implements Agent {}

    record FakeMessage(String role, String text, Instant at) implements Message {}

    record FakeMatch(Session session, Message message) implements Match {}

    record FakeSession(String key, Optional<String> sessionId, Optional<String> label, Optional<Instant> lastActivityAt)
            implements Session {
        @Override
        public String displayKey() {
            return kind().equals("main") ? "main" : key;
        }

        @Override
        public String agentId() {
            return "main";
        }

        @Override
        public String kind() {
            return key.endsWith(":main") ? "main" : key.contains(":group:") ? "group" : "other";
        }

        @Override
        public boolean subagent() {
            return key.contains("subagent:");
        }

        @Override
        public Optional<String> channel() {
            return kind().equals("group") ? Optional.of("telegram") : Optional.empty();
        }

        @Override
        public Optional<String> parentKey() {
            return kind().equals("main") ? Optional.empty() : Optional.of("agent:main:main");
        }

        @Override
        public Optional<String> model() {
            return Optional.empty();
        }

        @Override
        public Optional<Instant> createdAt() {
            return lastActivityAt;
        }

        @Override
        public long messageCount() {
            return 0;
        }
    }

    @Override
    public Sessions sessions() {
        return this;
    }

    @Override
    public Invoker invoker() {
        throw new IllegalStateException();
    }

    @Override
    public ConfigView config() {
        return this;
    }

    @Override
    public Object get(String path) {
        return path.isEmpty() ? Map.of("gateway", Map.of("port", 1)) : null;
    }

    @Override
    public String hash() {
        return "abc";
    }

    @Override
    public String source() {
        return "gateway.conf";
    }

    @Override
    public Session current() {
        return new FakeSession("agent:main:main", Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public List<Session> list() {
        return List.copyOf(kept.values());
    }

    @Override
    public Optional<Session> find(String key) {
        return key.equals("main") ? Optional.of(current()) : Optional.ofNullable(kept.get(key));
    }

    @Override
    public Optional<String> refusal(String key, String subject) {
        return refusal;
    }

    @Override
    public List<Message> transcript(String key, int limit, int offset) {
        List<Message> all = transcripts.getOrDefault(key, List.of());
        int end = Math.max(0, all.size() - offset);
        return all.subList(Math.max(0, end - limit), end);
    }

    @Override
    public List<Match> search(String query, Optional<String> key, int limit) {
        List<Match> found = new ArrayList<>();
        transcripts.forEach((session, messages) -> messages.stream()
                .filter(message -> message.text().contains(query))
                .forEach(message -> found.add(new FakeMatch(kept.get(session), message))));
        return found.stream().limit(limit).toList();
    }

    @Override
    public Visibility visibility() {
        Optional<String> text = warning;
        return new Visibility() {
            @Override
            public String mode() {
                return text.isPresent() ? "self" : "all";
            }

            @Override
            public Optional<String> warning() {
                return text;
            }
        };
    }

    @Override
    public List<Agent> agents() {
        return targets;
    }

    @Override
    public List<Agent> targets() {
        return targets;
    }

    @Override
    public boolean anyTarget() {
        return false;
    }
}
