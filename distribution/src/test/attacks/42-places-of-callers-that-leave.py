"""Callers that hang up keep the places of running tools."""
import json
import time

from common import *


def attack():
    with Gateway("gateway.invoke.maxConcurrent = 4", plugins=[plugin()]) as gateway:
        for way in ("http", "websocket"):
            links = []
            for _ in range(4):
                if way == "http":
                    body = json.dumps({"tool": "at_do", "args": {"how": "wait"}}).encode()
                    link = gateway.connect()
                    link.sendall(gateway.head("POST", "/tools/invoke", length=len(body)) + body)
                else:
                    link = connected(gateway)
                    link.send({"type": "req", "id": "1", "method": "tools.invoke", "params": {"name": "at_do", "args": {"how": "wait"}}})
                links.append(link)
            # each question takes a place itself, so it must not come before the four
            time.sleep(1)
            until = time.monotonic() + 1
            while gateway.invoke("at_count")[0] != 503:
                require(time.monotonic() < until, "%s: four tools do not take four places" % way)
            for link in links:
                link.close()
            began = time.monotonic()
            while gateway.invoke("at_count")[0] != 200:
                require(time.monotonic() - began < 2, "%s: places are not given back" % way)
                time.sleep(0.05)
    return "given back as soon as they leave"


run(attack)
