"""A tool interrupts every thread that it finds: the gateway ends, serves, writes or reads nothing any more."""
import contextlib
import json
import time

from common import *


def interrupt_all(gateway):
    """The answer may be cut off with its connection; a new one is served soon."""
    with contextlib.suppress(OSError, Broken):
        gateway.invoke("at_do", {"how": "interruptAll"})
    until = time.monotonic() + 10
    while True:
        time.sleep(0.6)
        require(gateway.alive(), "the gateway ended: " + gateway.said()[-300:])
        try:
            return gateway.serves()
        except (OSError, Broken) as refused:
            require(time.monotonic() < until, "no connection is served any more: %r" % refused)


def attack():
    with Gateway(plugins=[plugin()]) as gateway:
        for _ in range(3):
            interrupt_all(gateway)
        require("The gateway listens on" in gateway.said(), "the listener was not among the interrupted threads")
        link = connected(gateway)
        require(link.ask("1", "health")["ok"], "a WebSocket")
        link.close()
        status, _, _ = gateway.http("POST", "/tools/invoke", CALL)
        marker = gateway.http("POST", "/tools/invoke", CALL)[1]["x-portcullis-invocation"][0]
        gateway.write(CONFIGURATION % (TOKEN, "tools.deny += text_statistics"))
        until = time.monotonic() + 6
        while gateway.invoke("text_statistics", {"text": "x"})[0] != 404:
            require(time.monotonic() < until, "no configuration is read any more")
            time.sleep(0.3)
        with open(gateway.state + "/audit.jsonl", encoding="utf-8") as audit:
            require(any(json.loads(line)["invocation"] == marker for line in audit), "the audit file has no records any more")
        began = time.monotonic()
        require(gateway.invoke("at_do", {"how": "wait"})[0] == 200 and time.monotonic() - began > 2, "a tool that waits")
        took = gateway.stop(12)
        require(took < 11, "it has not ended %.1f s after SIGTERM" % took)
    return "the gateway, its listeners, watches, audit and deadlines go on"


run(attack)
