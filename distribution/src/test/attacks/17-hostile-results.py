"""A result writes what is no JSON into the answer, or never ends."""
import json

from common import *


def attack():
    with shared() as gateway:
        for how in ("number", "scale", "surrogates", "own", "fanResult"):
            status, _, body = gateway.http("POST", "/tools/invoke", {"tool": "at_do", "args": {"how": how}})
            try:
                answer = json.loads(body)
            except ValueError as broken:
                raise Broken("%s: the answer is no JSON (%s): %r" % (how, broken, body[:160])) from None
            require(b"injected" not in body, "%s: what the tool made up is in the answer: %r" % (how, body[:160]))
            require(status == (500 if how in ("own", "fanResult") else 200), "%s: %s %s" % (how, status, str(answer)[:80]))
        gateway.serves()
    return "numbers are numbers, text is text, bombs are refused"


run(attack)
