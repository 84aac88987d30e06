"""Fields of a trailer authenticate, name a session or a length."""
import json
import socket
import time

from common import *


def attack():
    with shared() as gateway:
        body = json.dumps(CALL).encode()
        for trailer in ("Authorization: Bearer " + TOKEN, "Content-Length: 3", "Transfer-Encoding: chunked", "Host: elsewhere",
                        "x-openclaw-scopes: operator.admin"):
            for token, expected in ((None, (401,)), (TOKEN, (200, 400))):
                request = gateway.head("POST", "/tools/invoke", ["Transfer-Encoding: chunked", "Connection: close",
                                                                 "Trailer: " + trailer.split(":")[0]], token)
                with gateway.connect() as link:
                    link.sendall(request + (b"%x\r\n" % len(body)) + body + b"\r\n0\r\n" + trailer.encode() + b"\r\n\r\n")
                    status = parsed(everything(link))[0]
                require(status in expected, "trailer %s: %s" % (trailer.split(":")[0], status))
        with gateway.connect() as link:
            link.sendall(gateway.head("POST", "/tools/invoke", ["Transfer-Encoding: chunked"]) + b"0\r\n")
            began = time.monotonic()
            try:
                for i in range(2000):
                    link.sendall(b"t%d: x\r\n" % i)
                link.settimeout(4)
                status = parsed(everything(link))[0]
            except (ConnectionError, socket.timeout):
                status = 400
            require(status == 400 and time.monotonic() - began < 5, "trailers without end: %s" % status)
        gateway.serves()
    return "trailers are bounded and mean nothing"


run(attack)
