"""Odd paths and queries of the operator API end in a fault, reach files, or change something."""

from common import *


def attack():
    with shared() as gateway:
        paths = ["tools/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "plugins/..%2f..%2fgateway.conf", "plugins/%00", "tools/" + "x" * 5000, "tools/a%0d%0aSet-Cookie:x",
                 "tools//decision", "tools/at_count/decision?sessionKey=%00", "tools/at_count/decision?agent=" + "y" * 3000,
                 "tools/at_count/decision?sessionKey=agent:other:x&sessionKey=main", "sessions?limit=-1&limit=1e9", "config?path=gateway.auth.token",
                 "config/gateway.auth.token", "tools/%ff%fe", "tools/%", "plugins/%u0041", "status/", "status;x", "reload", "tools/%25%2e/decision",
                 "plugins/attack.jar/../../config", "audit", "logs?file=/etc/passwd", "x" * 6000]
        for path in paths:
            status, fields, body = gateway.http("GET", "/portcullis/v1/" + path)
            require(status < 500, "%s: %s" % (path[:60], status))
            require(TOKEN.encode() not in body and b"root:" not in body and "set-cookie" not in fields, "%s: %r" % (path[:60], body[:100]))
        for method, path, body in (("POST", "config", {"gateway": {}}), ("PUT", "config", {}), ("DELETE", "sessions", {}), ("PATCH", "plugins/attack", {}),
                                   ("POST", "sessions", {"key": "agent:other\u0000:x"}), ("POST", "sessions", {"key": ["x"]}), ("POST", "sessions", []),
                                   ("POST", "sessions", {"key": "k" * 100_000}), ("POST", "reload", {"what": "../../x"}), ("POST", "tools/at_count", {})):
            status, _, answer = gateway.http(method, "/portcullis/v1/" + path, body)
            require(400 <= status < 500, "%s %s %s: %s %r" % (method, path, str(body)[:40], status, answer[:100]))
            status, _, _ = gateway.http(method, "/portcullis/v1/" + path, body, token=None)
            require(status in (401, 405), "%s %s without a token: %s" % (method, path, status))
        gateway.serves()
    return "%d requests refused or answered, none of them by a fault" % (len(paths) + 10)


run(attack)
