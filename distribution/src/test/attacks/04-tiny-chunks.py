"""A body in very many chunks of one byte takes a processor."""
import json
import time

from common import *


def attack():
    with shared() as gateway:
        body = json.dumps({"tool": "text_statistics", "args": {"text": "x" * 150000}}).encode()
        sent = b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n"
        began = time.monotonic()
        with gateway.connect(20) as link:
            link.sendall(gateway.head("POST", "/tools/invoke", ["Transfer-Encoding: chunked", "Connection: close"]) + sent)
            status = parsed(everything(link))[0]
        took = time.monotonic() - began
        require(status == 200 and took < 10, "%d chunks: %s after %.1f s" % (len(body), status, took))
        for size in (b"0" * 300 + b"1", b"1;" + b"e" * 300, b"-1", b"0x1", b"1 1", b"ffffffffffffffff1", b"+1", b"1_0"):
            with gateway.connect() as link:
                link.sendall(gateway.head("POST", "/tools/invoke", ["Transfer-Encoding: chunked"]) + size + b"\r\nx\r\n0\r\n\r\n")
                status = parsed(everything(link))[0]
            require(status in (400, 413), "chunk size %r: %s" % (size[:20], status))
        gateway.serves()
    return "150,000 chunks of a byte are read in seconds, odd sizes are refused"


run(attack)
