"""A WebSocket reaches tools that the HTTP deny list or a rule holds back."""

from common import *


def attack():
    with shared() as gateway:
        link = connected(gateway)
        for name in ("exec", "EXEC", "bash", " exec ", "gateway", "sessions_send", "sessions_spawn", "cron", "automations", "process", "write",
                     "apply_patch", "at_denied", "AT_DENIED", "at_denied\u200b", "markdown_to_html", "nodes"):
            for more in ({}, {"confirm": True}, {"conversationReadOrigin": "direct-operator"}, {"sessionKey": "agent:main:subagent:x"}):
                answer = link.ask("1", "tools.invoke", {"name": name, **more})
                require(not answer["payload"]["ok"] if answer["ok"] else True, "%s %s: %s" % (name, more, answer))
                require("denied tool ran" not in str(answer), name)
                require(not answer["ok"] or answer["payload"]["error"]["code"] == "not_found", "%s: %s" % (name, answer))
        shown = link.ask("2", "tools.effective", {"sessionKey": "main"})
        require("at_denied" not in str(shown) and "at_count" in str(shown), "tools.effective shows what is denied")
        other = link.ask("3", "tools.invoke", {"name": "text_statistics", "args": {"text": "x"}, "agentId": "OTHER"})
        require(not (other["ok"] and other["payload"]["ok"]), "the agent's rule does not hold: %s" % other)
        link.close()
    return "one decision for both ways in"


run(attack)
