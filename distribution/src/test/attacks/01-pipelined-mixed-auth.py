"""A pipelined request without a token rides on the one before it."""
import json

from common import *


def attack():
    with shared() as gateway:
        body = json.dumps(CALL).encode()
        with_token = gateway.head("POST", "/tools/invoke", length=len(body)) + body
        without = gateway.head("POST", "/tools/invoke", token=None, length=len(body)) + body
        wrong = gateway.head("POST", "/tools/invoke", token=TOKEN[:-1], length=len(body)) + body
        last = gateway.head("GET", "/portcullis/v1/status", ["Connection: close"], token=None)
        for order, expected in (((with_token, without, with_token, last), [200, 401, 200, 401]),
                                ((without, with_token, last), [401, 200, 401]),
                                ((with_token, wrong, last), [200, 401, 401])):
            with gateway.connect() as link:
                link.sendall(b"".join(order))
                statuses = answers(everything(link))
            require(statuses == expected or statuses == expected[:len(statuses)],
                    "pipelined %s instead of %s" % (statuses, expected))
        gateway.serves()
    return "each request of a pipeline needs its own token"


run(attack)
