package dev.portcullis.gateway.runtime.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A conversation with a gateway over a WebSocket, in texts as they are. */
final class SocketTalk implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder all = new StringBuilder();
    private final WebSocket socket;

    SocketTalk(int port, String path, String header) throws Exception {
        socket = client.newWebSocketBuilder()
                .header("X-Something", header)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path), new WebSocket.Listener() {
                    private final StringBuilder message = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                        message.append(text);
                        if (last) {
                            heard.add(message.toString());
                            message.setLength(0);
                        }
                        from.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        heard.add("closed " + code + " " + reason);
                        return null;
                    }
                })
                .get(30, TimeUnit.SECONDS);
        hear("connect.challenge");
    }

    /** Sends it and waits for what holds that part. */
    String say(String frame, String until) throws Exception {
        socket.sendText(frame, true).get(30, TimeUnit.SECONDS);
        return hear(until);
    }

    private String hear(String part) throws InterruptedException {
        while (true) {
            String text = heard.poll(30, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing holds " + part + " in " + all);
            }
            all.append(text).append('\n');
            if (text.contains(part)) {
                return text;
            }
        }
    }

    /** Everything that came. */
    String all() {
        return all.toString();
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
