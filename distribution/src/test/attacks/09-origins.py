"""A page of another origin, or of none, calls a tool or reads an answer."""

from common import *


def attack():
    with shared() as gateway:
        for origin in ("null", "https://evil.example", "http://127.0.0.1.evil.example", "http://localhost@evil.example", "file://",
                       "chrome-extension://abc", "http://evil.example\\.localhost", " null"):
            status, fields, _ = gateway.http("OPTIONS", "/tools/invoke", headers=[
                "Origin: " + origin, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization"], token=None)
            require(not any(name.startswith("access-control-") for name in fields) and status >= 400, "preflight of %s: %s" % (origin, fields))
            status, fields, _ = gateway.http("POST", "/tools/invoke", CALL, ["Origin: " + origin])
            require(not any(name.startswith("access-control-") for name in fields), "%s may read an answer" % origin)
            status, _, _ = gateway.http("POST", "/tools/invoke", CALL, ["Origin: " + origin], token=None)
            require(status in (401, 403), "%s without a token: %s" % (origin, status))
            link = WebSocket(gateway, ["Origin: " + origin])
            if link.status == 101:
                answer = link.ask("1", "connect", hello())
                require(not answer.get("ok"), "%s opens a WebSocket: %s" % (origin, answer))
            link.close()
    return "no origin but the gateway's own gets an answer it could read, or a WebSocket"


run(attack)
