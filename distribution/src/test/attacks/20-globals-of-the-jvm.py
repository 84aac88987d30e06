"""A tool changes what the whole JVM has once: locale, time zone, properties, streams, providers, pools."""
import json
import re
import time

from common import *


def attack():
    with Gateway(plugins=[plugin()]) as gateway:
        for how in ("locale", "turkish", "properties", "handlers", "commonPool", "threads", "providers", "streams", "logs"):
            status, answer = gateway.invoke("at_do", {"how": how})
            require(status == 200, "%s: %s %s" % (how, status, answer))
            gateway.serves()
        gateway.invoke("at_do", {"how": "locale"})
        for request in (("GET", "/healthz", None), ("GET", "/portcullis/v1/status", None), ("POST", "/tools/invoke", {"tool": "at_count", "args": {"how": 5}}),
                        ("POST", "/tools/invoke", {"tool": "text_statistics", "args": {"text": "x", "wordsPerMinute": 99999999}}),
                        ("POST", "/tools/invoke", {"tool": "sessions_list", "sessionKey": "agent:x:abcdefghij\u0001"})):
            status, fields, body = gateway.http(*request)
            require(status in (200, 400), "%s: %s" % (request, status))
            text = str(fields) + body.decode("utf-8")
            require(not re.search("[\u0660-\u0669\u06f0-\u06f9]", text), "digits of another locale: %s" % text[-200:])
        link = connected(gateway)
        require(link.ask("1", "health")["ok"], "a WebSocket")
        link.close()
        gateway.write(CONFIGURATION % (TOKEN, "tools.deny += text_statistics"))
        until = time.monotonic() + 6
        while gateway.invoke("text_statistics", {"text": "x"})[0] != 404:
            require(time.monotonic() < until, "no configuration is read any more")
            time.sleep(0.2)
        with open(gateway.state + "/audit.jsonl", encoding="ascii") as audit:
            require(all(json.loads(line)["time"].endswith("Z") for line in audit), "times of the audit file")
    return "calls, WebSockets, reload and the audit file do not depend on them"


run(attack)
