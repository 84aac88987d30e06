package dev.portcullis.gateway.runtime.cli;

import dev.portcullis.gateway.runtime.config.StateHolder;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look at a gateway: whether anything listens, whether it is a gateway, whether it is ready, whether it knows us. The
 * credential is sent only to what answered like a gateway without one.
 *
 * @param problem why it is not {@link State#OK}, and what to do; empty if it is
 * @param ready the readiness document; null if there is none
 * @param answer what the gateway said when it was asked; null if it was not, or refused
 */
record GatewayLook(
        GatewayTarget target,
        State state,
        String problem,
        long millis,
        @Nullable Object ready,
        @Nullable Object answer) {
    private static final String READ = "operator.read";

    /** How the gateway is found. */
    enum State {
        OK("ok"),
        /** Its process is there, and listens nowhere yet. */
        STARTING("starting"),
        /** It is asked to stop, and lets running invocations end. */
        DRAINING("draining"),
        /** It listens and does not serve: one of its addresses is gone, or its WebSocket does not answer. */
        NOT_READY("not_ready"),
        DOWN("down"),
        /** Nothing listens where it was looked for, and the gateway of this state directory listens elsewhere. */
        ELSEWHERE("wrong_port"),
        /** It takes the connection and says nothing. */
        SILENT("timeout"),
        /** Something else answers there. */
        FOREIGN("foreign"),
        /** It encrypts with a certificate that nobody here vouches for. */
        UNTRUSTED("untrusted"),
        /** It serves, but not for this credential. */
        REFUSED("refused");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * Looks.
     *
     * @param holder the gateway that uses the state directory of this command, if the target is meant to be that one
     * @param method of the gateway protocol, to be asked if the gateway is well
     */
    static GatewayLook at(GatewayTarget target, Optional<StateHolder> holder, Duration timeout, String method) {
        return new Looker(target, holder, timeout, method).look();
    }

    Fields fields() {
        return Fields.of(answer);
    }

    boolean reachable() {
        return switch (state) {
            case OK, DRAINING, NOT_READY, REFUSED -> true;
            case STARTING, DOWN, ELSEWHERE, SILENT, FOREIGN, UNTRUSTED -> false;
        };
    }

    String url() {
        return GatewaySocket.url(target).toString();
    }

    /** Who said where it is, in the words of the reference gateway's client. */
    static String urlSource(boolean given, boolean here) {
        if (given) {
            return "cli --url";
        }
        return here ? "local loopback" : "config gateway.remote.url";
    }

    /**
     * What is wrong, for programs: in the shape of the reference gateway's client.
     *
     * @param given whether the command line said where the gateway is
     */
    Map<String, @Nullable Object> failure(boolean given) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        boolean missing = state == State.REFUSED && target.credential().isEmpty();
        error.put(
                "type",
                missing
                        ? "gateway_credentials_required"
                        : state == State.REFUSED ? "gateway_request_error" : "gateway_transport_error");
        error.put("kind", state == State.DOWN ? "closed" : state.word);
        error.put("message", problem);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("ok", false);
        document.put("error", error);
        Map<String, Object> gateway = new LinkedHashMap<>();
        gateway.put("url", url());
        gateway.put("urlSource", urlSource(given, target.here()));
        document.put("gateway", gateway);
        if (ready != null) {
            document.put("readiness", ready);
        }
        return document;
    }

    private record Looker(GatewayTarget target, Optional<StateHolder> holder, Duration timeout, String method) {
        GatewayLook look() {
            long began = System.nanoTime();
            try (GatewayClient gateway = new GatewayClient(target.with(Optional.empty()), timeout)) {
                GatewayClient.Reply live = gateway.get("/healthz", Map.of());
                GatewayClient.Reply ready = gateway.get("/readyz", Map.of());
                if (!Fields.of(live.body()).text("status").equals("live")
                        || !Fields.of(ready.body()).has("ready")) {
                    return seen(State.FOREIGN, message(Refusals.foreign(target, live.status(), "other JSON")), began);
                }
                if (!Fields.of(ready.body()).flag("ready")) {
                    return notReady(ready, began);
                }
                return ask(ready.body(), began);
            } catch (Refusals.Unreachable absent) {
                return unreachable(absent, began);
            } catch (Refusals.Late late) {
                return seen(State.SILENT, message(late), began);
            } catch (Refusals.Untrusted stranger) {
                return seen(State.UNTRUSTED, message(stranger), began);
            } catch (CliException other) {
                return seen(State.FOREIGN, message(other), began);
            }
        }

        private GatewayLook ask(@Nullable Object ready, long began) {
            try (GatewaySocket socket = new GatewaySocket(target, timeout)) {
                GatewaySocket.Reply hello = socket.connect("cli", List.of(READ));
                if (!hello.ok()) {
                    return seen(State.REFUSED, refused(hello.message()), began, ready, null);
                }
                GatewaySocket.Reply reply = socket.request(method, null);
                return reply.ok()
                        ? seen(State.OK, "", began, ready, reply.payload())
                        : seen(State.REFUSED, refused(reply.message()), began, ready, null);
            } catch (GatewaySocket.Broken broken) {
                String why = "The gateway at " + target.base() + " answers HTTP, but not on its WebSocket ("
                        + broken.text() + "): see its log, and what stands between";
                return seen(State.NOT_READY, why, began, ready, null);
            }
        }

        private GatewayLook unreachable(Refusals.Unreachable absent, long began) {
            if (holder.isEmpty()) {
                return seen(State.DOWN, message(absent), began);
            }
            String process = "the gateway of this state directory (process "
                    + holder.get().pid() + ")";
            Optional<URI> address = holder.get().address();
            if (address.isEmpty()) {
                return seen(
                        State.STARTING, "Nothing answers at " + target.base() + " yet: " + process + " starts", began);
            }
            if (address.get().getPort() != target.base().getPort()) {
                return seen(
                        State.ELSEWHERE,
                        "No gateway answers at " + target.base() + ": " + process + " listens at " + address.get()
                                + ", use --port " + address.get().getPort(),
                        began);
            }
            return seen(
                    State.DOWN, message(absent) + ". Though " + process + " should listen there: see its log", began);
        }

        private String refused(String said) {
            if (said.startsWith("missing scope")) {
                return "The gateway at " + target.base()
                        + " knows the credential, but it may not read how the gateway is (" + said
                        + "): use one with the scope that is missing";
            }
            // what follows an option such as --token is taken for a secret where messages are printed
            return target.credential()
                    .map(known -> "The gateway at " + target.base() + " refused the credential (" + said
                            + "): "
                            + (target.here() && holder.isEmpty()
                                    ? "no gateway is known to use this state directory, so this may be another one; "
                                    : "")
                            + "use the one it was started with, and not the one from " + known.source())
                    .orElseGet(() -> "The gateway at " + target.base() + " asks for a credential (" + said
                            + "), and there is none: looked at " + String.join(", ", target.looked()));
        }

        private GatewayLook notReady(GatewayClient.Reply ready, long began) {
            List<String> failing = Fields.of(ready.body()).texts("failing");
            boolean stops = failing.contains("gateway-draining");
            String why = failing.isEmpty() ? "" : " (" + Printable.line(String.join(", ", failing)) + ")";
            String problem = stops
                    ? "The gateway at " + target.base() + " is stopping" + why
                            + ": it takes no new work, and ends when what runs has ended"
                    : "The gateway at " + target.base() + " is not ready" + why
                            + ": ask again, and see its log if it stays so";
            return seen(stops ? State.DRAINING : State.NOT_READY, problem, began, ready.body(), null);
        }

        private GatewayLook seen(State state, String problem, long began) {
            return seen(state, problem, began, null, null);
        }

        private GatewayLook seen(
                State state, String problem, long began, @Nullable Object ready, @Nullable Object answer) {
            long millis = (System.nanoTime() - began) / 1_000_000;
            return new GatewayLook(target, state, problem, millis, ready, answer);
        }

        private static String message(CliException failed) {
            return String.valueOf(failed.getMessage());
        }
    }
}
