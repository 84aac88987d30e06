"""What a tool throws runs code of the plugin when it is read."""

from common import *


def attack():
    with shared() as gateway:
        for how, expected in (("sneaky", 500), ("sneakyRefusal", 400), ("cycle", 500), ("overflow", 500), ("stack", 500),
                              ("lateCause", 500), ("longFault", 500)):
            status, answer = gateway.invoke("at_do", {"how": how})
            require(status == expected and not answer["ok"], "%s: %s %s" % (how, status, answer))
            require("checked" not in str(answer) and "zzzz" not in str(answer), "%s shows its message" % how)
        gateway.serves()
    return "each is a failure of its tool, answered and recorded"


run(attack)
