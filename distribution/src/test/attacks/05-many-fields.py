"""Very many, very large or very listed header fields cost much, or stop the gateway."""
import time

from common import *


def attack():
    with shared() as gateway:
        heads = {
            "many": ["a%d: 1" % i for i in range(6000)],
            "large": ["a: " + "x" * 60000],
            "name": ["a" * 20000 + ": 1"],
            "connection": ["Connection: " + ",".join("x%d" % i for i in range(1500))],
            "authorization": ["Authorization: Bearer x"] * 400,  # the first counts
            "forwarded": ["X-Forwarded-For: " + ",".join(["127.0.0.1"] * 1200)],
            "cookies": ["Cookie: " + "; ".join("a=%d" % i for i in range(1500))],
            "empty": ["e:"] * 1500,
        }
        seen = {}
        for name, fields in heads.items():
            began = time.monotonic()
            with gateway.connect() as link:
                try:
                    link.sendall(gateway.head("GET", "/portcullis/v1/status", fields + ["Connection: close"]))
                except ConnectionError:
                    pass
                answer = everything(link)
            seen[name] = parsed(answer)[0] if answer else 0
            require(seen[name] != 500 and time.monotonic() - began < 3, "%s: %s" % (name, seen[name]))
            require(seen[name] != 200 or name in ("connection", "cookies", "empty", "authorization"), "%s is served" % name)
        gateway.serves()
    return "answered or refused at once: %s" % seen


run(attack)
