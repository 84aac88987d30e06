package dev.portcullis.gateway.runtime.invoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InvocationIdsTest {
    @Test
    void idsCountOnInBase36() {
        List<String> ids = Stream.generate(InvocationIds::next).limit(2_000).toList();

        long first = count(ids.getFirst());
        for (int i = 0; i < ids.size(); i++) {
            assertTrue(ids.get(i).matches("[0-9A-F]{8}-[0-9a-z]+"), ids.get(i));
            assertEquals(first + i, count(ids.get(i)));
            assertEquals(Long.toString(first + i, 36), ids.get(i).substring(9));
        }
    }

    private static long count(String id) {
        return Long.parseLong(id.substring(9), 36);
    }
}
