"""A WebSocket gets more rights by fields of connect, by a second connect, or by fields of a request."""

from common import *


def attack():
    with shared() as gateway:
        limited = WebSocket(gateway)
        answer = limited.ask("1", "connect", hello(scopes=["operator.read"], isAdmin=True, principal="root", owner=True,
                                                   caps=["*"], commands=["*"], permissions={"*": True}))
        require(answer["ok"] and answer["payload"]["auth"]["scopes"] == ["operator.read"], "scopes: %s" % answer)
        for request_id, method, params, more in (
                ("2", "tools.invoke", {"name": "text_statistics", "args": {"text": "x"}}, {}),
                ("3", "connect", hello(), {}), ("4", "tools.invoke", {"name": "text_statistics", "args": {"text": "x"}, "scopes": ["operator.admin"]}, {}),
                ("5", "tools.invoke", {"name": "text_statistics", "args": {"text": "x"}}, {"scopes": ["operator.admin"]}),
                ("6", "tools.invoke", {"name": "text_statistics", "args": {"text": "x"}}, {"auth": {"token": TOKEN}})):
            answer = limited.ask(request_id, method, params, **more)
            require(not answer.get("ok"), "%s with %s: %s" % (method, more or params, answer))
        limited.close()
        for more, expected in ((dict(scopes=[]), []), (dict(scopes=["operator.*"]), None), (dict(scopes=["operator.admin,operator.read"]), None),
                               (dict(role="node"), "no"), (dict(role="admin"), "no"), (dict(role="Operator"), "no"), (dict(role=""), "no"),
                               (dict(role=["operator"]), "no"), (dict(minProtocol=4294967300), "no"), (dict(auth={"token": [TOKEN]}), "no"),
                               (dict(auth={"token": TOKEN.upper()}), "no"), (dict(auth={}), "no"), (dict(auth={"deviceToken": TOKEN}), "no"),
                               (dict(scopes="operator.admin"), "no"), (dict(auth={"password": "x", "token": "y"}), "no")):
            link = WebSocket(gateway)
            answer = link.ask("1", "connect", hello(**more))
            if expected == "no":
                require(not answer.get("ok"), "connect with %s: %s" % (more, str(answer)[:200]))
            elif expected is not None:
                require(answer.get("payload", {}).get("auth", {}).get("scopes") == expected, "%s: %s" % (more, str(answer)[:200]))
            link.close()
    return "scopes only narrow, connect is once, requests carry no rights"


run(attack)
