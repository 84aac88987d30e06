package dev.portcullis.gateway.runtime.config;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** {@code .json} and {@code .json5}. Escapes that JSON5 has and this parser does not know are errors, never misread. */
final class Json5Syntax {
    static final JsonFactory JSON5 = JsonFactory.builder()
            .enable(
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_HEXADECIMAL_NUMBERS,
                    JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_TRAILING_DECIMAL_POINT_FOR_NUMBERS,
                    JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final Pattern QUOTED = Pattern.compile("'[^']{2,}'|\"[^\"]{2,}\"");

    private final SourceFiles.Source source;
    private final Problems problems;

    Json5Syntax(SourceFiles.Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    Node parse() {
        try (JsonParser parser = JSON5.createParser(ObjectReadContext.empty(), source.text())) {
            if (parser.nextToken() == null) {
                throw source.blank();
            }
            Node root = value(parser, ConfigPath.ROOT);
            if (parser.nextToken() != null) {
                throw new UnreadableConfigException(
                        at(parser), "something follows the end of the document", "Remove it, or join the two.");
            }
            return root;
        } catch (JacksonException e) {
            throw new UnreadableConfigException(
                    source.at(e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
                    "this is not JSON5: " + withoutContent(e.getOriginalMessage()),
                    "Correct the syntax at or just before this line.");
        }
    }

    private Node value(JsonParser parser, ConfigPath path) {
        Position at = at(parser);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, path, at);
            case START_ARRAY -> {
                List<Node> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, path.item(items.size())));
                }
                yield new Node.Sequence(items, at);
            }
            case VALUE_STRING -> new Node.Scalar(parser.getString(), at);
            case VALUE_NUMBER_INT -> {
                Number number = parser.getNumberValue();
                boolean whole = number instanceof Integer || number instanceof Long;
                yield new Node.Scalar(whole ? (Object) number.longValue() : new BigDecimal(number.toString()), at);
            }
            case VALUE_NUMBER_FLOAT ->
                new Node.Scalar(ExactNumber.of(parser.getString()).orElseGet(() -> parser.getDoubleValue()), at);
            case VALUE_TRUE -> new Node.Scalar(true, at);
            case VALUE_FALSE -> new Node.Scalar(false, at);
            default -> new Node.Scalar(null, at);
        };
    }

    private Node object(JsonParser parser, ConfigPath path, Position at) {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Position named = at(parser);
            parser.nextToken();
            Node before = entries.put(name, value(parser, path.child(name)));
            if (before != null) {
                problems.warning(
                        named,
                        path.child(name),
                        "the key was already written in line " + before.at().line() + "; only this one counts",
                        "Remove one of them.");
            }
        }
        return new Node.Mapping(entries, at);
    }

    private Position at(JsonParser parser) {
        return source.at(parser.currentTokenLocation().getLineNr());
    }

    /** A parser quotes what it did not expect, which may be half a secret. */
    static String withoutContent(String message) {
        return QUOTED.matcher(message.lines().findFirst().orElse("")).replaceAll("'…'");
    }
}
