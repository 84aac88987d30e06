"""Another spelling of a session key or agent id gets around the rules of its agent."""
import json
import time

from common import *


def attack():
    with shared() as gateway:
        ran = []
        for key, agent in (
                ("agent:other:main", None), ("AGENT:OTHER:MAIN", None), ("agent:Other:main", None), (" agent:other:main ", None),
                ("agent:other:main:thread:1", None), ("agent:other:subagent:x", None), ("agent:other:discord:group:1", None),
                (None, "other"), (None, "OTHER"), ("main", "other"), ("agent:main:main", "other"), ("agent:other:main", "main"),
                ("agent:oth\u200ber:main", None), ("agent:\uff4fther:main", None), ("agent:other\u00a0:main", None), ("agent: other:main", None),
                ("agent:other\u0000:main", None), ("agent:other%3amain", None), ("agent::other:main", None), ("agent:other:", None),
                ("agent:" + "x" * 600 + ":main", None), ("agent:main:agent:other:main", None), ("global", "other"), ("unknown", "other"),
                ("agent:other:harness:x", None), ("\u0130" * 300, None), ("agent:main:" + ":" * 400, None), (["agent:other:main"], None)):
            more = {}
            if key is not None:
                more["sessionKey"] = key
            if agent is not None:
                more["agentId"] = agent
            status, answer = gateway.invoke("text_statistics", {"text": "x"}, **more)
            require(status in (200, 400, 404), "%s: %s %s" % (more, status, answer))
            if status == 200:
                ran.append(more)
        marker = gateway.http("POST", "/tools/invoke", CALL)[1]["x-portcullis-invocation"][0]
        until = time.monotonic() + 3
        records = []
        while time.monotonic() < until and not any(record["invocation"] == marker for record in records):
            with open(gateway.state + "/audit.jsonl", encoding="utf-8") as audit:
                records = [json.loads(line) for line in audit if line.endswith("\n")]
            time.sleep(0.1)
        wrong = [record for record in records if record.get("tool") == "text_statistics" and record["status"] == 200
                 and record.get("agent", "").strip().lower() == "other"]
        require(not wrong, "ran as the agent that may not: %s" % wrong[:1])
    return "what ran (%d) ran as another agent, by the audit file" % len(ran)


run(attack)
