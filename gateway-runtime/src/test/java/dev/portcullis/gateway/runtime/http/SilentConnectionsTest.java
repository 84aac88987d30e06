package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** More connections than there are places, from somebody who says nothing, or not all of it. */
class SilentConnectionsTest extends ConnectionFixture {
    private static final int PLACES = 64;
    private static final Duration LONG = Duration.ofSeconds(60);

    private HttpHouse small() {
        return house(echoing(), ToolsInvokeHandler.BODY_TIME, new ConnectionLimits(LONG, LONG, PLACES));
    }

    private List<RawClient> open(HttpHouse house, String text) throws Exception {
        List<RawClient> all = new ArrayList<>();
        for (int i = 0; i < 2 * PLACES; i++) {
            RawClient client = client(house);
            all.add(client);
            try {
                client.send(text);
            } catch (java.net.SocketException closed) {
                // as it may be by then
            }
        }
        return all;
    }

    @Test
    void silentConnectionsKeepNobodyFromBeingServed() throws Exception {
        HttpHouse house = small();

        open(house, "");

        for (int i = 0; i < 10; i++) {
            assertEquals(200, client(house).ask(HEALTH).status());
            assertEquals(200, client(house).ask(echo("x")).status());
        }
    }

    @Test
    void halfHeadsKeepNobodyFromBeingServed() throws Exception {
        HttpHouse house = small();

        open(house, "GET / HTTP/1.1\r\nX: ");

        assertEquals(200, client(house).ask(HEALTH).status());
        assertEquals(200, client(house).ask(echo("x")).status());
    }

    @Test
    void aCallerThatWasAdmittedKeepsItsConnection() throws Exception {
        HttpHouse house = small();
        RawClient caller = client(house);
        assertEquals(200, caller.ask(echo("before")).status());

        open(house, "");

        assertEquals(200, caller.ask(echo("after")).status());
    }

    @Test
    void aConnectionThatBeginsWithSilenceIsClosed() throws Exception {
        HttpHouse house = house(
                echoing(),
                ToolsInvokeHandler.BODY_TIME,
                new ConnectionLimits(LONG, LONG, PLACES, LONG, 256, Duration.ofMillis(300)));
        RawClient silent = client(house);
        RawClient talking = client(house);
        assertEquals(200, talking.ask(HEALTH).status());

        assertTrue(silent.ended());
        assertEquals(200, talking.ask(HEALTH).status());
    }
}
