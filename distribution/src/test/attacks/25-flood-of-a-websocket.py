"""Very many requests whose answers nobody reads take memory or the places of others."""
import json
import socket
import time

from common import *


def attack():
    with shared() as gateway:
        links = [connected(gateway) for _ in range(4)]
        ask = frame(json.dumps({"type": "req", "id": "f", "method": "tools.catalog"}).encode()) * 50
        ping = frame(b"p" * 100, 9) * 100
        sent = 0
        until = time.monotonic() + 2.5
        for link in links:
            link.link.settimeout(0.3)
        while time.monotonic() < until:
            for link in links:
                try:
                    sent += link.link.send(ask + ping)
                except (socket.timeout, ConnectionError):
                    pass
        began = time.monotonic()
        gateway.serves()
        other = connected(gateway)
        require(other.ask("h", "health")["ok"], "another WebSocket")
        took = time.monotonic() - began
        require(took < 3, "others wait %.1f s" % took)
        for link in [*links, other]:
            link.close()
    return "%d KB pushed by clients that read nothing; others were served in %.2f s" % (sent // 1024, took)


run(attack)
