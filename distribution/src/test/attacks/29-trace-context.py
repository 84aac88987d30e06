"""Huge, many or broken trace contexts cost much, come back, or get into files."""
import time

from common import *


def attack():
    with shared() as gateway:
        good = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
        last = None
        for fields in (["traceparent: " + good] * 200, ["traceparent: " + "0" * 8000], ["traceparent: 00-" + "0" * 32 + "-" + "0" * 16 + "-01"],
                       ["traceparent: ff-" + good[3:]], ["traceparent: 00-" + "\u0661" * 32 + "-" + "b" * 16 + "-01"],
                       ["tracestate: " + ",".join("k%d=v" % i for i in range(1500))], ["traceparent: " + good + "-\x1b[31m"],
                       ["baggage: " + "x=" + "y" * 7000], ["traceparent: 00-" + "A" * 32 + "-" + "B" * 16 + "-01"]):
            status, answer, body = gateway.http("POST", "/tools/invoke", CALL, fields)
            require(status in (200, 400), "%s: %s" % (fields[0][:60], status))
            require("traceparent" not in answer and "baggage" not in answer, "it comes back")
            last = answer.get("x-portcullis-invocation", [last])[0]
        until = time.monotonic() + 3
        text = ""
        while last not in text and time.monotonic() < until:
            with open(gateway.state + "/audit.jsonl", encoding="utf-8") as audit:
                text = audit.read()
            time.sleep(0.1)
        require("\x1b" not in text and "0" * 60 not in text and "y" * 60 not in text, "what was sent is in the audit file")
        link = connected(gateway)
        for parent in ("x" * 10_000, "", good, 5):
            answer = link.ask("t", "tools.invoke", {"name": "at_count"}, traceparent=parent)
            require("x" * 100 not in str(answer), "echoed")
        link.close()
    return "taken when well-formed and single, else left alone"


run(attack)
