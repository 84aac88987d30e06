package dev.portcullis.gateway.runtime.config;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Changes one text in a JSON5 document and nothing else: comments, order and spacing stay as they are. */
public final class ConfigEdit {
    private final String text;

    public ConfigEdit(String text) {
        this.text = text;
    }

    /**
     * Replaces a value that is written out as a text in this document.
     *
     * @param path names from the root; lists are not entered
     * @param now what has to be there
     * @return empty if it is not there, is there twice, or stands there in other words, such as a variable
     */
    public Optional<String> replace(List<String> path, String now, String with) {
        try (JsonParser parser = Json5Syntax.JSON5.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            return Optional.ofNullable(place(parser, path, now))
                    .map(place -> text.substring(0, place.from()) + with + text.substring(place.to()));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private record Place(int from, int to) {}

    /** The value between its quotes; null if it cannot be named for certain. */
    private @org.jspecify.annotations.Nullable Place place(JsonParser parser, List<String> path, String now) {
        Place found = null;
        int matches = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean named = parser.currentName().equals(path.getFirst());
            JsonToken value = parser.nextToken();
            if (!named) {
                parser.skipChildren();
                continue;
            }
            matches++;
            if (path.size() > 1) {
                if (value != JsonToken.START_OBJECT) {
                    return null;
                }
                found = place(parser, path.subList(1, path.size()), now);
            } else if (value == JsonToken.VALUE_STRING && parser.getString().equals(now)) {
                int from = (int) parser.currentTokenLocation().getCharOffset() + 1;
                int to = from + now.length();
                found = to <= text.length() && text.substring(from, to).equals(now) ? new Place(from, to) : null;
            } else {
                parser.skipChildren();
            }
        }
        return matches == 1 ? found : null;
    }
}
