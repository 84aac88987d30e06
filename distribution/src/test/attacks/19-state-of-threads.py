"""A tool leaves an interrupt or a class loader to the next request of its connection."""
import json

from common import *


def attack():
    with shared() as gateway:
        with gateway.connect() as link:
            sent = b""
            for how in ("interrupted", "loader", "interrupted", "loader"):
                body = json.dumps({"tool": "at_do", "args": {"how": how}}).encode()
                sent += gateway.head("POST", "/tools/invoke", length=len(body)) + body
                plain = json.dumps(CALL).encode()
                sent += gateway.head("POST", "/tools/invoke", length=len(plain)) + plain
            link.sendall(sent + gateway.head("GET", "/healthz", ["Connection: close"]))
            data = everything(link)
        statuses = answers(data)
        require(statuses == [200] * 9, "after an interrupt and a missing loader: %s" % statuses)
        require(data.count(b"loader plugin:attack.jar") == 2, "a tool runs with the class loader that another left")
    return "the next request has a thread without them"


run(attack)
