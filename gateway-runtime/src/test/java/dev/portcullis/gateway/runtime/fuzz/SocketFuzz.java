package dev.portcullis.gateway.runtime.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.provider.MethodSource;

/** Raw bytes on the socket of a whole gateway, mutated by what they reach: no 5xx, no insides, no hang, no crash. */
class SocketFuzz {
    // the agent is there before the classes of the gateway are
    private static final class Holder {
        static final LiveGateway GATEWAY = LiveGateway.start();
    }

    static List<byte[]> requests() {
        return Seeds.requests();
    }

    @MethodSource("requests")
    @FuzzTest(maxDuration = "")
    void bytesAreAnsweredOrRefused(byte[] bytes) {
        Holder.GATEWAY.take(bytes);
    }

    @AfterAll
    static void stillServes() {
        Holder.GATEWAY.checkAlive();
        Holder.GATEWAY.close();
    }
}
