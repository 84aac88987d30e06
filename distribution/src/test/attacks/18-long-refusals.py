"""A refusal of a tool goes around the bound of results."""

from common import *


def attack():
    with shared() as gateway:
        for how, expected in (("longRefusal", 400), ("longForbidden", 403)):
            status, _, body = gateway.http("POST", "/tools/invoke", {"tool": "at_do", "args": {"how": how}}, seconds=20)
            require(status == expected and len(body) < 100_000, "%s: %s with %d bytes" % (how, status, len(body)))
    return "messages are cut"


run(attack)
