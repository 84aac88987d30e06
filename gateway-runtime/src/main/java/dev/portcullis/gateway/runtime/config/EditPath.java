package dev.portcullis.gateway.runtime.config;

import dev.portcullis.gateway.runtime.config.ConfigFileEditor.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the path of a change leads in what a configuration says so far: to a value, into a list, or nowhere. */
final class EditPath {
    private EditPath() {}

    static Optional<Object> find(Map<String, Object> root, List<String> path) {
        @Nullable Object value = root;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return Optional.ofNullable(value);
    }

    /** How many steps lead to the first list that the path goes into; 0 if it goes into none. */
    static int listOn(Map<String, Object> root, List<String> path) {
        @Nullable Object value = root;
        for (int i = 0; i < path.size(); i++) {
            if (value instanceof List<?>) {
                return i;
            }
            value = value instanceof Map<?, ?> map ? map.get(path.get(i)) : null;
        }
        return 0;
    }

    /** A list as it is after a change to one of its entries. */
    static Object inList(Map<String, Object> root, Change change, List<String> outer) {
        List<String> inner = change.path().subList(outer.size(), change.path().size());
        List<?> list = (List<?>) find(root, outer).orElseThrow();
        List<@Nullable Object> items = new ArrayList<>(list);
        String step = inner.getFirst();
        boolean number = step.matches("\\d{1,9}");
        int index = number ? Integer.parseInt(step) : -1;
        boolean append = change instanceof Change.Set && index == items.size();
        if (!number || index > items.size() || (index == items.size() && !append)) {
            throw new ConfigEditException(
                    String.join(".", outer) + " has " + items.size() + " entries, and no \"" + step + "\"");
        }
        if (inner.size() > 1) {
            throw new ConfigEditException(
                    String.join(".", outer) + " is a list: set its entry " + step + " as a whole");
        }
        switch (change) {
            case Change.Set set -> {
                if (append) {
                    items.add(set.value());
                } else {
                    items.set(index, set.value());
                }
            }
            case Change.Unset _ -> items.remove(index);
        }
        return items;
    }

    /** Whether two plain values say the same; of blocks, whether they have the same keys. */
    static boolean same(Object one, Object other) {
        if (one instanceof Number a && other instanceof Number b) {
            return a.equals(b)
                    || (a.doubleValue() == b.doubleValue()
                            && ExactNumber.of(a.toString()).equals(ExactNumber.of(b.toString())));
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return a.toString().equals(b.toString());
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet());
        }
        return one.equals(other);
    }
}
