"""A body that is itself a request is run after Expect, 401, 413 or 417."""
import json
import socket

from common import *


def attack():
    with shared() as gateway:
        body = json.dumps({"tool": "at_count"}).encode()
        hidden = gateway.head("POST", "/tools/invoke", ["Connection: close"], length=len(body)) + body
        before = gateway.invoke("at_count")[1]["result"]["content"][0]["text"]
        for fields in (["Expect: 100-continue"], ["Expect: 100-continue", "Transfer-Encoding: chunked"], ["Expect: 200-ok"],
                       ["expect:100-continue,100-continue"], []):
            chunked = any("chunked" in field for field in fields)
            content = (b"%x\r\n" % len(hidden)) + hidden + b"\r\n0\r\n\r\n" if chunked else hidden
            request = gateway.head("POST", "/tools/invoke", fields, token=None, length=None if chunked else len(hidden))
            with gateway.connect() as link:
                link.sendall(request + content)
                link.shutdown(socket.SHUT_WR)
                statuses = answers(everything(link))
            require(200 not in statuses, "%s: a body was taken for a request: %s" % (fields, statuses))
        after = gateway.invoke("at_count")[1]["result"]["content"][0]["text"]
        require(int(after.split()[1]) == int(before.split()[1]) + 1, "a tool ran: %s, then %s" % (before, after))
    return "what is in a body that was refused is never read as a request"


run(attack)
