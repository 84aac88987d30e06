"""Another spelling of a session key shows the sessions of another agent."""
import json
import os
import re

from common import *


def attack():
    with shared() as gateway:
        made = []
        for key in ("agent:other:secret-%d" % os.getpid(), "agent:main:mine-%d" % os.getpid()):
            status, _, body = gateway.http("POST", "/portcullis/v1/sessions", {"key": key})
            require(status in (200, 201), "create: %s %r" % (status, body[:200]))
            made.append(key)
        secret = made[0]
        for key in (secret, secret.upper(), " " + secret, secret + " ", secret.replace("other", "OTHER"), secret.replace("other", "\uff4fther"),
                    secret.replace("agent:", "agent\uff1a"), secret.replace("agent:other", "agent:main:agent:other"), secret + "\u0000", secret + "\u200b",
                    secret.replace("o", "\u043e", 1), "*", "%", "agent:other:%", "agent:%", "' OR 1=1 --", secret.replace("-", "_")):
            for tool, args in (("sessions_history", {"sessionKey": key}), ("sessions_list", {"agentId": "other"}), ("sessions_list", {"search": key}),
                               ("sessions_search", {"query": key}), ("session_status", {"sessionKey": key})):
                status, answer = gateway.invoke(tool, args)
                require(status < 500, "%s %s: %s" % (tool, args, status))
                shown = json.dumps(answer.get("result", {}))
                require('"spawnedBy"' not in shown and not (status == 200 and re.search(r'"key[^:]*": *.{0,3}agent:other:secret', shown)),
                        "%s %s: %s" % (tool, args, shown[:300]))
    return "the sessions of another agent stay its own, however they are named"


run(attack)
