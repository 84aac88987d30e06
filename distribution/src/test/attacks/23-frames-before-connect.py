"""Requests sent before the handshake is over, or with the upgrade, are served."""
import json

from common import *


def attack():
    with shared() as gateway:
        before = int(gateway.invoke("at_count")[1]["result"]["content"][0]["text"].split()[1])
        ask = frame(json.dumps({"type": "req", "id": "x", "method": "tools.invoke", "params": {"name": "at_count"}}).encode())
        wrong = frame(json.dumps({"type": "req", "id": "c", "method": "connect", "params": hello("wrong")}).encode())
        array = frame(json.dumps([{"type": "req", "id": "c", "method": "connect", "params": hello()}]).encode())
        for early in (ask * 3, wrong + ask * 3, array + ask, frame(b"", 9) + ask, frame(b"{", 1, 0) + frame(b"}", 0) + ask):
            link = WebSocket(gateway, early=early)
            require(link.status == 101, "upgrade: %s" % link.status)
            try:
                link.link.settimeout(4)
                while True:
                    operation, payload = link.read()
                    require(b"runs" not in payload and b'"ok":true' not in payload, "%r" % payload[:100])
                    if operation == 8:
                        break
            except ConnectionError:
                pass
            link.close()
        good = frame(json.dumps({"type": "req", "id": "c", "method": "connect", "params": hello()}).encode())
        link = WebSocket(gateway, early=good + ask)
        require(link.answer("c")["ok"] and link.answer("x")["ok"], "what follows a right connect is served")
        link.close()
        after = int(gateway.invoke("at_count")[1]["result"]["content"][0]["text"].split()[1])
        require(after == before + 2, "a tool ran before connect: %d, then %d" % (before, after))
    return "nothing before a right connect, everything after it"


run(attack)
