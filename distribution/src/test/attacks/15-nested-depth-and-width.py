"""A tool that calls itself, or very many others at once, takes the gateway with it."""
import json
import time

from common import *


def attack():
    with shared() as gateway:
        began = time.monotonic()
        status, answer = gateway.invoke("at_again", {"how": "deep"}, seconds=10)
        require(status == 500, "a tool that calls itself without end: %s" % status)
        status, answer = gateway.invoke("at_again", {"how": "wide"}, seconds=20)
        require(status == 200 and "wide 3000" in str(answer), "%s %s" % (status, answer))
        gateway.serves()
        require(gateway.http("GET", "/portcullis/v1/status")[0] == 200, "status")
        running = json.loads(gateway.http("GET", "/portcullis/v1/status")[2])["invocations"]["running"]
        require(running == 0, "%s are said to be running" % running)
    return "depth is bounded, 3,000 at once are counted right (%.1f s)" % (time.monotonic() - began)


run(attack)
