"""A shutdown hook of a tool, or a caller that takes no answer, keeps the gateway from stopping."""
import json
import socket

from common import *


def attack():
    with Gateway("gateway.drainTimeoutMs = 1000", plugins=[plugin()]) as gateway:
        require(gateway.invoke("at_do", {"how": "hook"})[0] == 200, "the hook is not there")
        body = json.dumps({"tool": "at_do", "args": {"how": "big"}}).encode()
        slow = gateway.connect()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for _ in range(8):
            slow.sendall(gateway.head("POST", "/tools/invoke", length=len(body)) + body)
        gateway.serves()
        took = gateway.stop(12)
        slow.close()
        require(took < 11.5, "it has not ended %.1f s after SIGTERM" % took)
    return "ended %.1f s after SIGTERM" % took


run(attack)
