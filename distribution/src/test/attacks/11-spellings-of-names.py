"""Another spelling of a denied tool passes the lists and is found by the catalog."""

from common import *


def attack():
    with shared() as gateway:
        spellings = []
        for name in ("at_denied", "exec", "gateway", "markdown_to_html"):
            spellings += [name.upper(), name.title(), name + "\u200b", "\ufeff" + name, name + "\u0000", name + "\u00ad", name + ".",
                          name.replace("e", "\u0435"), name.replace("a", "\u0430"), name.replace("k", "\u212a"), "./" + name, name + "/",
                          name.replace("_", "%5f"), name.replace("_", "-"), name.replace("_", "\uff3f"), "plugin:" + name, "attack:" + name,
                          "group:" + name, "*", name[:-1] + "*", name + ";", name + "\n", "\u00a0" + name, name + "\u3000",
                          name.replace("e", "e\u0301"), "attack." + name, "\u202e" + name[::-1], name + "\ud800"]
            spellings += [" " + name + " ", "\t" + name]
        for name in spellings:
            status, answer = gateway.invoke(name)
            require(status in (400, 404) and not answer["ok"], "%r: %s %s" % (name, status, answer))
        for name in ("AT_COUNT", "at_count\u200b", "at-count", "Text_Statistics"):
            require(gateway.invoke(name)[0] == 404, "%r runs" % name)
    return "%d spellings run nothing" % len(spellings)


run(attack)
