"""An edit whose text grows without end, or is no file, stops or blinds the running gateway."""
import os
import time

from common import *


def attack():
    laughs = "a0 = 0123456789012345678901234567890123456789\n" + "".join("a%d = ${a%d}${a%d}${a%d}${a%d}\n" % (i, i - 1, i - 1, i - 1, i - 1) for i in range(1, 20))
    with Gateway(plugins=[plugin()]) as gateway:
        def included(name, text):
            with open(os.path.join(gateway.folder, name), "w", encoding="utf-8") as out:
                out.write(text)
        included("a.conf", 'include "b.conf"\n')
        included("b.conf", 'include "a.conf"\n')
        included("self.conf", 'include "gateway.conf"\n')
        os.symlink("/dev/zero", os.path.join(gateway.folder, "zero.conf"))
        good = CONFIGURATION % (TOKEN, "")
        for name, text in (("brackets", "x = " + "[" * 200_000), ("braces", "x" + "{a" * 200_000), ("cycle", 'include "a.conf"\n' + good),
                           ("itself", 'include "self.conf"\n' + good), ("device", 'include "zero.conf"\n' + good), ("size", "# " + "x" * 3_000_000 + "\n" + good),
                           ("laughs", laughs + good), ("url", 'include url("http://127.0.0.1:1/x")\n' + good),
                           ("path", "a." * 50_000 + "b = 1\n" + good), ("own", "x = ${x}\ny = [${y}]\n" + good)):
            gateway.write(text)
            time.sleep(1.0)
            require(gateway.alive(), "%s: the gateway ended" % name)
            status = gateway.invoke("text_statistics", {"text": "x"})[0]
            require(status == 200, "%s: %s" % (name, status))
        gateway.write(CONFIGURATION % (TOKEN, "tools.deny += text_statistics"))
        until = time.monotonic() + 10
        while gateway.invoke("text_statistics", {"text": "x"})[0] != 404:
            require(time.monotonic() < until, "after them no edit is read any more")
            time.sleep(0.3)
    return "each is refused, and the next right edit is read"


run(attack)
