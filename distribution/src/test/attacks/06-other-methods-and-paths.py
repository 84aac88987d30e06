"""Headers and query parameters turn a request into another one."""

from common import *


def attack():
    with shared() as gateway:
        before = int(gateway.invoke("at_count")[1]["result"]["content"][0]["text"].split()[1])
        body = {"tool": "at_count"}
        tries = [("GET", "/tools/invoke", ["X-HTTP-Method-Override: POST"]), ("PUT", "/tools/invoke", ["X-HTTP-Method: POST"]),
                 ("GET", "/tools/invoke?_method=POST", []), ("PATCH", "/tools/invoke", ["X-Method-Override: POST"]),
                 ("POST", "/healthz", ["X-Original-URL: /tools/invoke"]), ("POST", "/healthz", ["X-Rewrite-URL: /tools/invoke"]),
                 ("POST", "/tools/invoke/", []), ("POST", "/tools/invoke/at_count", []), ("POST", "/TOOLS/INVOKE", []),
                 ("POST", "/tools%2finvoke", []), ("POST", "/tools/invoke;x=1", []), ("POST", "/tools/invoke%00", []),
                 ("HEAD", "/tools/invoke", []), ("TRACE", "/tools/invoke", []), ("post", "/tools/invoke", []),
                 ("CONNECT", "/tools/invoke", []), ("DELETE", "/tools/invoke", ["X-Forwarded-Method: POST"])]
        for method, path, fields in tries:
            status, _, answer = gateway.http(method, path, body, fields)
            require(400 <= status < 500 or path.startswith("/healthz"), "%s %s %s: %s" % (method, path, fields, status))
            require(b"runs" not in answer and TOKEN.encode() not in answer, "%s %s echoes: %r" % (method, path, answer[:80]))
        after = int(gateway.invoke("at_count")[1]["result"]["content"][0]["text"].split()[1])
        require(after == before + 1, "a tool ran by another method or path")
    return "%d ways to say POST /tools/invoke differently ran nothing" % len(tries)


run(attack)
