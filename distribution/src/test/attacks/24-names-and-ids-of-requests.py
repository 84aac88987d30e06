"""Method names and ids of a WebSocket are echoed without bound, mixed up, or end in a fault."""
import json

from common import *


def attack():
    with shared() as gateway:
        link = connected(gateway)
        for method in ("\u0000", "tools.invoke\u0000", "TOOLS.INVOKE", "tools\u2024invoke", "\u202econfig.get", "x" * 100_000, "__proto__",
                       "constructor", "tools.invoke ", "config.set", "config.apply", "config.patch", "plugins.install", "cron.add", "exec.approval.resolve",
                       "device.pair.approve", "update.run", "node.invoke", "sessions.delete", "gateway.restart", "\ud800"):
            answer = link.ask("same", method)
            require(not answer.get("ok") and len(json.dumps(answer)) < 2000, "%r: %s" % (method[:40], str(answer)[:200]))
            require(answer["error"]["code"] == "INVALID_REQUEST", "%r: %s" % (method[:40], answer))
        for wrong in ("i" * 257, "", " ", 5, None, ["same"], {"a": 1}):
            link.send({"type": "req", "id": wrong, "method": "health"})
            answer = link.answer("invalid")
            require(not answer["ok"] and len(json.dumps(answer)) < 1000, str(answer)[:200])
        for i in range(4):
            link.send({"type": "req", "id": "twice", "method": "tools.invoke", "params": {"name": "text_statistics", "args": {"text": "w " * i}}})
        words = sorted(link.answer("twice")["payload"]["output"]["details"]["words"] for _ in range(4))
        require(words == [0, 1, 2, 3], "equal ids lost answers: %s" % words)
        for params in ([], "x", 7, {"args": {}}, {"name": "at_count", "args": []}, {"name": "at_count", "x": "y" * 70_000}):
            link.send({"type": "req", "id": "p", "method": "tools.invoke", "params": params})
            answer = link.answer("p")
            require(not answer["ok"] and len(json.dumps(answer)) < 1000, "%s: %s" % (str(params)[:40], str(answer)[:200]))
        link.close()
        gateway.serves()
    return "unknown is unknown, echoes are short, equal ids keep their answers"


run(attack)
