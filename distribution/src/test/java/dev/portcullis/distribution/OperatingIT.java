package dev.portcullis.distribution;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/operating.md} is followed from top to bottom, as an operator would who pastes its blocks. */
@EnabledIf("dev.portcullis.distribution.Archive#runs")
class OperatingIT {
    private static final Path DOCUMENT =
            Archive.PROJECT.resolve("../docs/operating.md").normalize();
    private static final Pattern COMMANDS = Pattern.compile("\n```sh\n(.*?)\n```\n", Pattern.DOTALL);
    private static final Pattern CONFIGURATION =
            Pattern.compile("\n<!-- audit: (\\w+) ?(\\S*) -->\n```hocon\n(.*?)\n```\n", Pattern.DOTALL);
    private static final String SHIPPED_PORT = "18789";

    @TempDir
    private static Path folder;

    private static UnpackedGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        Path home = Files.createDirectory(folder.resolve("operator"));
        gateway = UnpackedGateway.in(folder).atHome(home).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static List<MatchResult> blocks(Pattern kind) throws Exception {
        return kind.matcher(Files.readString(DOCUMENT)).results().toList();
    }

    @Test
    void everyBlockOfCommandsWorksWhenPastedInOrder() throws Exception {
        List<MatchResult> blocks = blocks(COMMANDS);
        String before = gateway.token();

        for (MatchResult block : blocks) {
            String script = block.group(1).replace(SHIPPED_PORT, Integer.toString(gateway.port()));
            UnpackedGateway.CommandResult result = gateway.shell(folder, folder, script);
            assertEquals(0, result.exit(), () -> script + "\n" + result.out() + "\n" + result.err());
        }

        assertTrue(blocks.size() > 8, "blocks of commands");
        theNewTokenHoldsAndTheOldOneDoesNot(before);
    }

    private static void theNewTokenHoldsAndTheOldOneDoesNot(String before) throws Exception {
        String call = "{\"tool\":\"sessions_list\"}";
        Map<String, String> old = Map.of("Authorization", "Bearer " + before);
        long until = System.nanoTime() + 20_000_000_000L;
        while (gateway.invoke(call, old).statusCode() != 401) {
            assertTrue(System.nanoTime() < until, "the removed token still admits");
            Thread.sleep(100);
        }
        assertNotEquals(before, gateway.token());
        assertEquals(200, gateway.invoke(call).statusCode());
    }

    @Test
    void everyConfigurationStartsAndIsJudgedAsItSays() throws Exception {
        List<MatchResult> configurations = blocks(CONFIGURATION);
        assertAll(configurations.stream().map(one -> () -> judged(one.group(3), one.group(1), one.group(2))));
        assertEquals(5, configurations.size());
    }

    private static void judged(String text, String worst, String only) throws Exception {
        Path file = Files.writeString(
                Files.createTempDirectory(folder, "configuration").resolve("gateway.conf"), text);
        String token = "export PORTCULLIS_TOKEN=0123456789abcdef0123456789abcdef01234567\n"
                + "unset PORTCULLIS_GATEWAY_PORT; chmod 600 '" + file + "'\n";

        UnpackedGateway.CommandResult valid =
                gateway.shell(folder, folder, token + "portcullis --config '" + file + "' config validate");
        UnpackedGateway.CommandResult audit =
                gateway.shell(folder, folder, token + "portcullis --config '" + file + "' --json security audit");

        assertEquals(0, valid.exit(), () -> text + valid.err());
        List<String> critical = JsonMapper.shared()
                .readTree(audit.out())
                .get("findings")
                .valueStream()
                .filter(finding -> finding.get("severity").stringValue().equals("critical"))
                .map(finding -> finding.get("checkId").stringValue())
                .toList();
        assertEquals(worst.equals("critical") ? List.of(only) : List.of(), critical, text);
    }
}
