"""A tool reaches a denied tool by another spelling of its name."""

from common import *


def attack():
    with shared() as gateway:
        status, answer = gateway.invoke("at_do", {"how": "spelled"})
        text = answer["result"]["content"][0]["text"] if status == 200 else str(answer)
        require(status == 200 and "RAN" not in text, "%s %s" % (status, text))
        require(set(text.strip("; ").split("; ")) <= {"ToolInputException", "IllegalArgumentException"}, text)
    return "17 spellings through the invoker: " + text.split(";")[0]


run(attack)
