"""A client that sends very many requests and reads no answer takes memory, threads or the places of tools."""
import json
import socket
import time

from common import *


def attack():
    with shared() as gateway:
        body = json.dumps(CALL).encode()
        request = (gateway.head("POST", "/tools/invoke", length=len(body)) + body) * 100
        links = [gateway.connect(0.3) for _ in range(12)]
        sent = 0
        until = time.monotonic() + 2.5
        while time.monotonic() < until:
            for link in links:
                try:
                    sent += link.send(request)
                except (socket.timeout, ConnectionError):
                    pass
        began = time.monotonic()
        gateway.serves()
        took = time.monotonic() - began
        running = json.loads(gateway.http("GET", "/portcullis/v1/status")[2])["invocations"]["running"]
        require(took < 3 and running < 13, "others wait %.1f s, %d run" % (took, running))
        for link in links:
            link.close()
        gateway.serves()
    return "%d KB of requests without a reader; others were served in %.2f s" % (sent // 1024, took)


run(attack)
