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
        for count, new in ((1, TOKEN + "x"),):
            gateway.write(CONFIGURATION % (new, ""))
            until = time.monotonic() + 20  # an edit that lets more pass is held for ten seconds
            while gateway.said().count("The configuration was reloaded") < count:
                require(time.monotonic() < until, "no new token after 20 s: " + gateway.said()[-300:])
                time.sleep(0.2)
            require(gateway.http("GET", "/portcullis/v1/sessions", token=new)[0] == 200, "the new token does not hold")
        require(gateway.http("GET", "/portcullis/v1/sessions")[0] == 401, "the old token holds")
        other.link.settimeout(5)
        end = other.answer("none")
        require(end.get("closed") == 4001, "the other connection goes on: %s" % end)
        slow.close()
    return "a new token beside a client that reads nothing"


run(attack)
