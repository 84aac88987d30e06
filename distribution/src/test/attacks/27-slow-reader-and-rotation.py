"""A WebSocket that takes no answers holds up a new token, a reload, or the end of other connections."""
import time

from common import *


def attack():
    with Gateway(plugins=[plugin()]) as gateway:
        slow = connected(gateway)
        for i in range(40):
            slow.send({"type": "req", "id": str(i), "method": "tools.invoke", "params": {"name": "at_do", "args": {"how": "big"}}})
        other = connected(gateway)
        time.sleep(0.5)
        for new in (TOKEN + "x", TOKEN + "y"):
            gateway.write(CONFIGURATION % (new, ""))
            until = time.monotonic() + 8
            while gateway.http("GET", "/portcullis/v1/sessions", token=new)[0] != 200:
                require(time.monotonic() < until, "the new token does not hold after 8 s")
                time.sleep(0.3)
        require(gateway.http("GET", "/portcullis/v1/sessions")[0] == 401, "the old token holds")
        other.link.settimeout(5)
        end = other.answer("none")
        require(end.get("closed") == 4001, "the other connection goes on: %s" % end)
        slow.close()
    return "two rotations beside a client that reads nothing"


run(attack)
