package dev.portcullis.gateway.runtime.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** {@code $include} in JSON5: files merge in order, objects deeply, lists one after the other, and the keys beside it win. */
final class Includes {
    private static final String KEY = "$include";

    private final SourceFiles files;
    private final BiFunction<SourceFiles, SourceFiles.Source, Node> parser;

    Includes(SourceFiles files, BiFunction<SourceFiles, SourceFiles.Source, Node> parser) {
        this.files = files;
        this.parser = parser;
    }

    Node resolve(Node node, SourceFiles.Source source) {
        return switch (node) {
            case Node.Scalar scalar -> scalar;
            case Node.Sequence sequence -> {
                List<Node> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(resolve(item, source)));
                yield new Node.Sequence(items, sequence.at());
            }
            case Node.Mapping mapping -> mapping(mapping, source);
        };
    }

    private Node mapping(Node.Mapping mapping, SourceFiles.Source source) {
        Map<String, Node> own = new LinkedHashMap<>();
        mapping.entries().forEach((key, value) -> {
            if (!key.equals(KEY)) {
                own.put(key, resolve(value, source));
            }
        });
        Node.Mapping siblings = new Node.Mapping(own, mapping.at());
        Node include = mapping.entries().get(KEY);
        if (include == null) {
            return siblings;
        }
        List<Node> named = include instanceof Node.Sequence list ? list.items() : List.of(include);
        Node merged = Node.Mapping.EMPTY;
        boolean first = true;
        for (Node name : named) {
            if (!(name instanceof Node.Scalar scalar) || !(scalar.value() instanceof String written)) {
                throw new UnreadableConfigException(
                        name.at(), "$include names files, not " + name.kind(), "Write a path or a list of paths.");
            }
            Node included = parser.apply(files, files.include(source, written, name.at()));
            merged = first ? included : merge(merged, included);
            first = false;
        }
        if (own.isEmpty()) {
            return merged;
        }
        if (!(merged instanceof Node.Mapping)) {
            throw new UnreadableConfigException(
                    include.at(),
                    "an include with keys beside it must be an object, and it is " + merged.kind(),
                    "Remove the keys beside $include, or make the file an object.");
        }
        return merge(merged, siblings);
    }

    private static Node merge(Node under, Node over) {
        if (under instanceof Node.Mapping below && over instanceof Node.Mapping above) {
            Map<String, Node> entries = new LinkedHashMap<>(below.entries());
            above.entries().forEach((key, value) -> entries.merge(key, value, Includes::merge));
            return new Node.Mapping(entries, above.at());
        }
        if (under instanceof Node.Sequence below && over instanceof Node.Sequence above) {
            List<Node> items = new ArrayList<>(below.items());
            items.addAll(above.items());
            return new Node.Sequence(items, above.at());
        }
        return over;
    }
}
