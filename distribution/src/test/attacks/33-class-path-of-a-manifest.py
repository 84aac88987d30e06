"""A jar names another one that nobody has examined, and runs its code."""
import os
import tempfile

from common import *


def attack():
    with tempfile.TemporaryDirectory() as folder:
        hidden = jar(os.path.join(folder, "hidden.jar"), {"hidden/code.txt": "unexamined"})
        front = with_provider(plugin(), "attack.AttackTools", os.path.join(folder, "front.jar"), "Class-Path: file:%s\r\n" % hidden)
        with Gateway(plugins=[front]) as gateway:
            status, answer = gateway.invoke("at_do", {"how": "hidden"})
            require(status == 200 and "hidden false" in str(answer), "what another jar has is loaded: %s %s" % (status, answer))
    return "what a manifest names is not loaded"


run(attack)
