package dev.portcullis.gateway.runtime.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.portcullis.gateway.runtime.http.RawClient.Answer;
import dev.portcullis.gateway.runtime.invoke.TestRoad;
import org.junit.jupiter.api.Test;

/** Probes that bring a credential. */
class ProbesOfStrangersTest extends ConnectionFixture {
    private static String probe(String path, String credential) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + credential + "\r\n\r\n";
    }

    @Test
    void credentialOfAProbeOfLifeIsNotLookedAt() throws Exception {
        HttpHouse house = house();
        RawClient client = client(house);

        for (int i = 0; i < 20; i++) {
            assertEquals(200, client.ask(probe("/healthz", "old-" + i)).status());
        }

        assertTrue(house.road.records.isEmpty(), house.road.records::toString);
    }

    @Test
    void sameWrongCredentialOfAProbeIsOneGuess() throws Exception {
        HttpHouse house = house();
        RawClient client = client(house);

        for (int i = 0; i < 20; i++) {
            assertEquals(200, client.ask(probe("/readyz", "old-token")).status());
        }

        assertEquals(1, house.road.records.size(), house.road.records::toString);
        assertEquals(200, client.ask(echo("x")).status());
    }

    @Test
    void guessesThroughAProbeAreNotJudgedForEver() throws Exception {
        HttpHouse house = house();
        RawClient client = client(house);

        for (int i = 0; i < 200; i++) {
            assertEquals(200, client.ask(probe("/readyz", "guess-" + i)).status());
        }

        assertTrue(house.road.records.size() < 10, () -> house.road.records.size() + " were judged");
    }

    @Test
    void probeWithTheTokenSaysMore() throws Exception {
        Answer answer = client(house()).ask(probe("/startupz", TestRoad.TOKEN));

        assertTrue(answer.body().contains("\"version\""), answer.body());
        assertFalse(answer.body().contains("rate"), answer.body());
    }
}
