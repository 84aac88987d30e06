"""Names of tools, methods, paths and hosts become series, or break the exposition."""
import re

from common import *


def attack():
    with Gateway("diagnostics.metrics.enabled = true", plugins=[plugin()]) as gateway:
        status, _, body = gateway.http("GET", "/metrics")
        if status == 404:
            gateway.write(CONFIGURATION % (TOKEN, ""))
            return "metrics are off as configured; nothing to break"
        count = 0
        for i in range(80):
            if i in (4, 5):
                count = gateway.http("GET", "/metrics")[2].count(b"\n")
            gateway.invoke('x"} 1\n%d{' % i)
            gateway.http("GET", "/portcullis/v1/%d%%22%%0a" % i)
            gateway.http("POST", "/tools/invoke", CALL, ["x-openclaw-message-channel: c%d" % i], token="t%d" % i if i < 3 else TOKEN)
        with gateway.connect() as link:
            link.sendall(b"GET /metrics-%22%0a HTTP/1.1\r\nHost: a\"b\r\nConnection: close\r\n\r\n")
            everything(link)
        text = gateway.http("GET", "/metrics")[2].decode("utf-8")
        sample = re.compile(r'[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? [-+0-9.eEInfNa]+( \d+)?')
        for line in text.splitlines():
            require(line.startswith("#") or sample.fullmatch(line), "no sample: %r" % line)
        require(text.count("\n") < count + 45, "%d lines became %d" % (count, text.count("\n")))
    return "every line is a sample, and their number does not grow with names"


run(attack)
