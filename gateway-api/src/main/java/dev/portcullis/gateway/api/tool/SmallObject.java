package dev.portcullis.gateway.api.tool;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a few members, in their order: one array instead of a table, a node for each member and a wrapper that
 * refuses changes. Looking a member up compares all names, which is why larger objects are none of these.
 */
final class SmallObject extends AbstractMap<String, Object> {
    /** The most members that one has. */
    static final int MOST = 8;

    /** Names and values by turns. Nobody else holds it. */
    private final @Nullable Object[] members;

    /** @param members names, all different, and values by turns; it is the object's own from now on */
    SmallObject(@Nullable Object[] members) {
        this.members = members;
    }

    @Override
    public int size() {
        return members.length / 2;
    }

    private int indexOf(@Nullable Object name) {
        for (int i = 0; i < members.length; i += 2) {
            if (Objects.equals(members[i], name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return indexOf(name) >= 0;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        int at = indexOf(name);
        return at < 0 ? null : members[at + 1];
    }

    // A value may be null, which no signature of Map says.
    @SuppressWarnings("NullAway")
    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < members.length; i += 2) {
            action.accept((String) members[i], members[i + 1]);
        }
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return members.length / 2;
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Members();
            }
        };
    }

    private final class Members implements Iterator<Map.Entry<String, Object>> {
        private int at;

        @Override
        public boolean hasNext() {
            return at < members.length;
        }

        @SuppressWarnings("NullAway")
        @Override
        public Map.Entry<String, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, Object> entry = new SimpleImmutableEntry<>((String) members[at], members[at + 1]);
            at += 2;
            return entry;
        }
    }

    private static UnsupportedOperationException immutable() {
        return new UnsupportedOperationException("What a tool was given, and what it gave, does not change");
    }

    @Override
    public Object put(String name, Object value) {
        throw immutable();
    }

    @Override
    public void putAll(Map<? extends String, ?> more) {
        throw immutable();
    }

    @Override
    public Object putIfAbsent(String name, Object value) {
        throw immutable();
    }

    @Override
    public Object remove(Object name) {
        throw immutable();
    }

    @Override
    public boolean remove(Object name, Object value) {
        throw immutable();
    }

    @Override
    public void clear() {
        throw immutable();
    }

    @Override
    public Object replace(String name, Object value) {
        throw immutable();
    }

    @Override
    public boolean replace(String name, Object before, Object value) {
        throw immutable();
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super Object, ?> function) {
        throw immutable();
    }

    @Override
    public Object computeIfAbsent(String name, Function<? super String, ?> function) {
        throw immutable();
    }

    @Override
    public Object computeIfPresent(String name, BiFunction<? super String, ? super Object, ?> function) {
        throw immutable();
    }

    @Override
    public Object compute(String name, BiFunction<? super String, ? super @Nullable Object, ?> function) {
        throw immutable();
    }

    @Override
    public Object merge(String name, Object value, BiFunction<? super Object, ? super Object, ?> function) {
        throw immutable();
    }
}
