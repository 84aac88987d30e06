package dev.portcullis.gateway.runtime.fuzz;

import dev.portcullis.gateway.api.plugin.PluginContext;
import dev.portcullis.gateway.api.tool.InputSchema;
import dev.portcullis.gateway.api.tool.Tool;
import dev.portcullis.gateway.api.tool.ToolDescriptor;
import dev.portcullis.gateway.api.tool.ToolProvider;
import dev.portcullis.gateway.api.tool.ToolResult;
import dev.portcullis.gateway.runtime.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole gateway that damaged bytes are sent to. Every connection seems to come from another host, so that a wrong
 * credential neither delays nor locks out the next.
 */
final class LiveGateway implements AutoCloseable {
    static final String TOKEN = "peer-token-0123456789abcdef0123456789";

    private static final int LONGEST_SILENCE_MILLIS = 20_000;
    private static final Pattern HEAD = Pattern.compile("\\AHTTP/1\\.1 (\\d{3}) [^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final Pattern INSIDES =
            Pattern.compile("\\tat |[A-Za-z]*Exception|java\\.|io\\.helidon|dev\\.portcullis");

    /** Has an argument of every type, and says what it was given. */
    private static final class Probe implements ToolProvider {
        @Override
        public String name() {
            return "probe";
        }

        @Override
        public List<Tool> tools(PluginContext context) {
            return List.of(Tool.of(
                    ToolDescriptor.named("probe")
                            .description("says what it was given")
                            .input(InputSchema.object()
                                    .optionalString("text", "any")
                                    .optionalInteger("count", 0, 10, "any")
                                    .optionalNumber("share", "any")
                                    .optionalBoolean("flag", "any"))
                            .build(),
                    call -> ToolResult.of(call.arguments().asMap())));
        }
    }

    // one line for every refusal would be most of what is written
    private static final Logger LOG = Logger.getLogger("dev.portcullis");

    private final TestGateway gateway;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();

    private LiveGateway(TestGateway gateway) {
        this.gateway = gateway;
    }

    static LiveGateway start() {
        LOG.setLevel(Level.WARNING);
        try {
            Path folder = Files.createTempDirectory("fuzz");
            AtomicInteger hosts = new AtomicInteger();
            return new LiveGateway(TestGateway.start(
                    folder,
                    "{gateway: {port: 0, auth: {token: '" + TOKEN + "'}}, logging: {audit: {enabled: false}}}",
                    Map.of(),
                    address -> {
                        int host = hosts.incrementAndGet();
                        return "10." + (host >> 16 & 255) + "." + (host >> 8 & 255) + "." + (host & 255);
                    },
                    new Probe()));
        } catch (Exception notStarted) {
            throw new IllegalStateException(notStarted);
        }
    }

    /** Sends the bytes and the end of them; whatever comes back until the gateway ends the connection must be in order. */
    void take(byte[] request) {
        String answer = exchange(request);
        requests.incrementAndGet();
        int at = 0;
        while (at < answer.length()) {
            Matcher head = HEAD.matcher(answer).region(at, answer.length()).useAnchoringBounds(true);
            if (!head.lookingAt()) {
                throw fault("is no HTTP from " + at, request, answer);
            }
            answered.incrementAndGet();
            if (head.group(1).startsWith("5")) {
                throw fault("has status " + head.group(1), request, answer);
            }
            if (head.group(1).equals("101")) {
                break; // frames of a WebSocket follow
            }
            at = head.end();
            Matcher length = LENGTH.matcher(head.group());
            boolean ofHead = answer.startsWith("HTTP/1.1 ", at);
            at += length.find() && !ofHead ? Integer.parseInt(length.group(1)) : 0;
        }
        String sent = new String(request, StandardCharsets.ISO_8859_1);
        Matcher insides = INSIDES.matcher(answer);
        while (insides.find()) {
            if (!sent.contains(insides.group())) {
                throw fault("shows " + insides.group(), request, answer);
            }
        }
    }

    private String exchange(byte[] request) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), gateway.port())) {
            socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
            socket.setTcpNoDelay(true);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (SocketException refused) {
                // it may have seen enough
            }
            try {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (SocketTimeoutException silent) {
                throw fault("does not end", request, "");
            } catch (SocketException reset) {
                return "";
            }
        } catch (IOException gone) {
            throw new AssertionError("The gateway cannot be reached after " + readable(request), gone);
        }
    }

    void checkAlive() {
        String answer = exchange("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        if (!answer.startsWith("HTTP/1.1 200 ")) {
            throw new AssertionError("healthz says " + answer);
        }
    }

    String told() {
        return requests + " connections, " + answered + " answers";
    }

    private static AssertionError fault(String what, byte[] request, String answer) {
        return new AssertionError("The answer " + what + ". Sent: " + readable(request) + "\nAnswered: " + answer);
    }

    private static String readable(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        LOG.setLevel(null);
        gateway.close();
    }
}
