"""A compressed body is unpacked, however large."""
import json
import time

from common import *


def attack():
    with shared() as gateway:
        import gzip
        import zlib
        bomb = gzip.compress(json.dumps({"tool": "text_statistics", "args": {"text": "x" * 60_000_000}}).encode(), 9)
        plain = gzip.compress(json.dumps(CALL).encode())
        for coding, body in (("gzip", bomb), ("gzip", plain), ("x-gzip", plain), ("deflate", zlib.compress(json.dumps(CALL).encode())),
                             ("gzip, gzip", gzip.compress(plain)), ("identity, gzip", plain)):
            began = time.monotonic()
            status, fields, _ = gateway.http("POST", "/tools/invoke", body, ["Content-Encoding: " + coding])
            require(400 <= status < 500 and time.monotonic() - began < 2, "Content-Encoding %s: %s" % (coding, status))
        status, fields, body = gateway.http("POST", "/tools/invoke", CALL, ["Accept-Encoding: gzip, br, zstd;q=1, *;q=0.1"])
        require(status == 200 and "content-encoding" not in fields and json.loads(body)["ok"], "an answer is compressed")
        gateway.serves()
    return "bodies are read as they are, answers are not compressed: neither bomb nor length of a secret"


run(attack)
