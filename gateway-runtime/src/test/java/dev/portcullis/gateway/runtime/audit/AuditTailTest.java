package dev.portcullis.gateway.runtime.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTailTest {
    @TempDir
    Path folder;

    @Test
    void fileThatIsEmptiedWhileItIsLookedAtIsReadOnce() throws Exception {
        Path path = Files.writeString(folder.resolve("audit.jsonl"), "{\"invocation\":\"a\",\"tool\":\"first\"}\n");
        List<Object> ids = new ArrayList<>();
        try (AuditFile opened =
                AuditFile.open(path, BasicFileAttributes::fileKey).orElseThrow()) {
            AuditFile file = mock(AuditFile.class, delegatesTo(opened));
            AuditTail tail = new AuditTail(file, opened.size());
            doAnswer(call -> {
                        byte[] beginning = opened.beginning();
                        if (Files.size(path) > 20) {
                            Files.writeString(path, "{\"invocation\":\"b\"}\n");
                        }
                        return beginning;
                    })
                    .when(file)
                    .beginning();

            tail.read(entry -> ids.add(entry.get("invocation")));
            tail.read(entry -> ids.add(entry.get("invocation")));
        }

        assertEquals(List.of("b"), ids);
    }
}
