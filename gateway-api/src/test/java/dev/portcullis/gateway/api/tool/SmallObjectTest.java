package dev.portcullis.gateway.api.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallObjectTest {
    /** As a tool gives it back, copied. */
    private static Map<?, ?> copied(Map<?, ?> value) {
        return (Map<?, ?>) ToolResult.of(value).details();
    }

    private static Map<String, Object> members(int count) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = count; i > 0; i--) {
            map.put("name" + i, i % 3 == 0 ? null : (long) i);
        }
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 17, 100})
    void aCopyOfAnySizeIsTheSameMapInTheSameOrder(int size) {
        Map<String, Object> map = members(size);

        Map<?, ?> copy = copied(map);

        assertEquals(map, copy);
        assertEquals(copy, map);
        assertEquals(map.hashCode(), copy.hashCode());
        assertEquals(map.toString(), copy.toString());
        assertEquals(List.copyOf(map.keySet()), List.copyOf(copy.keySet()));
        assertEquals(new ArrayList<>(map.values()), new ArrayList<>(copy.values()));
        List<Object> visited = new ArrayList<>();
        copy.forEach((name, value) -> visited.add(name));
        assertEquals(List.copyOf(map.keySet()), visited);
        map.forEach((name, value) -> {
            assertTrue(copy.containsKey(name));
            assertEquals(value, copy.get(name));
        });
    }

    @Test
    void whatIsNotThereIsNull() {
        Map<?, ?> copy = copied(members(3));

        assertNull(copy.get("other"));
        assertNull(copy.get(null));
        assertFalse(copy.containsKey(null));
        assertFalse(copy.containsKey(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 9})
    @SuppressWarnings("unchecked")
    void nothingChangesACopy(int size) {
        Map<String, Object> copy = (Map<String, Object>) copied(members(size));
        String before = copy.toString();
        List<Consumer<Map<String, Object>>> attempts = List.of(
                map -> map.put("name1", 5L),
                map -> map.put("new", 5L),
                map -> map.putAll(Map.of("new", 5L)),
                map -> map.putIfAbsent("new", 5L),
                map -> map.remove("name1"),
                map -> map.remove("absent"),
                map -> map.remove("name1", 1L),
                Map::clear,
                map -> map.replace("name1", 2L),
                map -> map.replace("name1", 1L, 2L),
                map -> map.replaceAll((name, value) -> name),
                map -> map.computeIfAbsent("new", name -> 1L),
                map -> map.computeIfPresent("name1", (name, value) -> null),
                map -> map.compute("name1", (name, value) -> null),
                map -> map.merge("name1", 1L, (one, other) -> null),
                map -> map.keySet().remove("name1"),
                map -> map.values().clear(),
                map -> map.entrySet().clear(),
                map -> map.entrySet().removeIf(entry -> true),
                map -> map.entrySet().iterator().next().setValue(7L),
                map -> {
                    Iterator<String> names = map.keySet().iterator();
                    names.next();
                    names.remove();
                });

        for (Consumer<Map<String, Object>> attempt : attempts) {
            assertThrows(UnsupportedOperationException.class, () -> attempt.accept(copy));
        }
        assertEquals(before, copy.toString());
    }

    @Test
    void itsMembersEnd() {
        Iterator<?> members = copied(members(2)).entrySet().iterator();
        members.next();
        members.next();

        assertFalse(members.hasNext());
        assertThrows(NoSuchElementException.class, members::next);
    }

    /** A plugin's own map, which says what it likes of its size, and has names twice. */
    private static Map<String, Object> lying(int says, List<String> names) {
        return new AbstractMap<>() {
            @Override
            public int size() {
                return says;
            }

            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return names.stream()
                                .map(name -> Map.entry(name, (Object) "value"))
                                .iterator();
                    }

                    @Override
                    public int size() {
                        return says;
                    }
                };
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1, 2, 3, 8, 9, Integer.MAX_VALUE})
    void aMapThatLiesAboutItsSizeIsCopiedAsItIs(int says) {
        List<String> names = List.of("a", "b", "a", "c", "d", "e", "f", "g", "h", "i", "i", "k");

        Map<?, ?> few = copied(lying(says, names.subList(0, 4)));
        Map<?, ?> many = copied(lying(says, names));

        assertEquals(List.of("a", "b", "c"), List.copyOf(few.keySet()));
        assertEquals(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "k"), List.copyOf(many.keySet()));
        assertEquals(10, many.size());
    }
}
