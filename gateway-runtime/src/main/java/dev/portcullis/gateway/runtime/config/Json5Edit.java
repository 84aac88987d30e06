package dev.portcullis.gateway.runtime.config;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.json.JsonMapper;

/** Changes the text of a JSON5 document in one place: comments, order and spacing elsewhere stay as they are. */
final class Json5Edit {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String text;

    Json5Edit(String text) {
        this.text = text.isBlank() ? "{}\n" : text;
    }

    /** @param opening just after the brace */
    private record Braces(int opening, boolean empty, int depth) {}

    /** @param previousEnd of the member before; -1 if it is the first */
    private record Member(int nameStart, int valueStart, int valueEnd, int previousEnd) {}

    /** Where a path leads: the member, or the deepest object on the way and how far the path was followed. */
    private record Place(@Nullable Member member, Braces braces, int followed) {}

    String set(List<String> path, @Nullable Object value) {
        Place place = find(path);
        Member member = place.member();
        if (member != null) {
            return text.substring(0, member.valueStart()) + json(value) + text.substring(member.valueEnd());
        }
        List<String> rest = path.subList(place.followed(), path.size());
        Object nested = value;
        for (String name : rest.subList(1, rest.size()).reversed()) {
            nested = nested == null ? JSON.createObjectNode().putNull(name) : Map.of(name, nested);
        }
        Braces braces = place.braces();
        String line = "\n" + "  ".repeat(braces.depth() + 1) + json(rest.getFirst()) + ": " + json(nested);
        String end = braces.empty() ? "\n" + "  ".repeat(braces.depth()) : ",";
        String after = text.substring(braces.opening());
        return text.substring(0, braces.opening()) + line + end + (braces.empty() ? after.stripLeading() : after);
    }

    /** The text without a member; as it was if there is none. */
    String unset(List<String> path) {
        Member member = find(path).member();
        if (member == null) {
            return text;
        }
        int comma = comma(member.valueEnd());
        int from = member.nameStart();
        int to = comma >= 0 ? comma + 1 : member.valueEnd();
        String before = text.substring(0, from);
        if (comma < 0 && member.previousEnd() >= 0) {
            int earlier = comma(member.previousEnd());
            before = text.substring(0, earlier) + text.substring(earlier + 1, from);
        }
        String after = text.substring(to);
        int lineStart = before.lastIndexOf('\n') + 1;
        boolean wholeLine =
                before.substring(lineStart).isBlank() && (after.startsWith("\n") || after.startsWith("\r\n"));
        return wholeLine ? before.substring(0, lineStart) + after.substring(after.indexOf('\n') + 1) : before + after;
    }

    private Place find(List<String> path) {
        try (JsonParser parser = Json5Syntax.JSON5.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ConfigEditException("the document is no object");
            }
            return find(parser, path, 0);
        } catch (JacksonException unreadable) {
            throw new ConfigEditException("the file is no JSON5 as it stands; correct it first");
        }
    }

    /** The last of two equal names counts, as it does to the reader. */
    private Place find(JsonParser parser, List<String> path, int depth) {
        int opening = (int) parser.currentTokenLocation().getCharOffset() + 1;
        Place found = null;
        int previousEnd = -1;
        boolean empty = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            empty = false;
            boolean named = parser.currentName().equals(path.get(depth));
            int nameStart = (int) parser.currentTokenLocation().getCharOffset();
            JsonToken token = parser.nextToken();
            int valueStart = (int) parser.currentTokenLocation().getCharOffset();
            Place deeper = null;
            if (named && depth + 1 < path.size() && token == JsonToken.START_OBJECT) {
                deeper = find(parser, path, depth + 1);
            } else {
                finish(parser);
            }
            int valueEnd = (int) parser.currentLocation().getCharOffset();
            if (deeper != null) {
                found = deeper;
            } else if (named) {
                boolean last = depth + 1 == path.size();
                if (!last) {
                    throw new ConfigEditException(
                            String.join(".", path.subList(0, depth + 1)) + " is there and is no object");
                }
                found = new Place(
                        new Member(nameStart, valueStart, valueEnd, previousEnd), new Braces(0, false, 0), depth);
            }
            previousEnd = valueEnd;
        }
        return found != null ? found : new Place(null, new Braces(opening, empty, depth), depth);
    }

    /** Reads a value to its end. */
    private static void finish(JsonParser parser) {
        switch (parser.currentToken()) {
            case START_OBJECT, START_ARRAY -> parser.skipChildren();
            case VALUE_STRING -> parser.getString();
            default -> {}
        }
    }

    /** Where the next comma is, if nothing but space and comments comes before it; else -1. */
    private int comma(int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ',') {
                return i;
            }
            if (text.startsWith("//", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", i)) {
                int end = text.indexOf("*/", i + 2);
                i = end < 0 ? text.length() : end + 2;
            } else if (Character.isWhitespace(c)) {
                i++;
            } else {
                return -1;
            }
        }
        return -1;
    }

    private static String json(@Nullable Object value) {
        StringWriter out = new StringWriter();
        JSON.writeValue(out, value);
        return out.toString();
    }
}
