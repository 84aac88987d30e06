package dev.portcullis.gateway.api.tool;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An immutable map in the making, in the form that is right for its size. Whatever a plugin's map says of itself, it holds. */
final class ObjectCopy {
    private static final int LARGEST_LEAP = 1 << 16;

    private @Nullable Object[] members;
    private int used;
    private @Nullable Map<String, @Nullable Object> large;

    /** @param announced how many there will be; more or fewer may come */
    ObjectCopy(int announced) {
        if (announced > SmallObject.MOST) {
            members = new Object[0];
            large = LinkedHashMap.newLinkedHashMap(Math.min(announced, LARGEST_LEAP));
        } else {
            members = new Object[2 * Math.max(0, announced)];
        }
    }

    /** Adds a member, or changes the value of the one of that name. */
    void put(String name, @Nullable Object value) {
        if (large != null) {
            large.put(name, value);
            return;
        }
        for (int i = 0; i < used; i += 2) {
            if (name.equals(members[i])) {
                members[i + 1] = value;
                return;
            }
        }
        if (used == 2 * SmallObject.MOST) {
            grow().put(name, value);
            return;
        }
        if (used == members.length) {
            members = Arrays.copyOf(members, 2 * SmallObject.MOST);
        }
        members[used++] = name;
        members[used++] = value;
    }

    private Map<String, @Nullable Object> grow() {
        Map<String, @Nullable Object> table = LinkedHashMap.newLinkedHashMap(2 * SmallObject.MOST);
        new SmallObject(members).forEach(table::put);
        large = table;
        return table;
    }

    // A map that holds plain values may hold null ones too, which no factory of Map accepts.
    @SuppressWarnings("NullAway")
    Map<String, Object> done() {
        return large != null
                ? Collections.unmodifiableMap(large)
                : new SmallObject(used == members.length ? members : Arrays.copyOf(members, used));
    }
}
