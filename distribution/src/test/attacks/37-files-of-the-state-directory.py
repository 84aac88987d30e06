"""The token, audit or lock file of a state directory is a folder or a pipe: the start hangs, or goes on without it."""
import os
import subprocess
import time

from common import *


def attack():
    def folder(name):
        return lambda gateway: os.mkdir(os.path.join(gateway.state, name))

    def pipe(name):
        return lambda gateway: os.mkfifo(os.path.join(gateway.state, name), 0o600)

    text = 'gateway.auth.mode = token\ntools.allow = ["text_*"]\n'
    seen = {}
    starts = []
    for name, before in (("token is a folder", folder("gateway.token")), ("token is a pipe", pipe("gateway.token")),     ("audit is a folder", folder("audit.jsonl")), ("lock is a folder", folder("gateway.lock"))):
        starts.append((name, Gateway(text=text, before=before).launch()))
    try:
        until = time.monotonic() + 25
        for name, gateway in starts:
            while gateway.process.poll() is None and time.monotonic() < until:
                try:
                    if gateway.http("GET", "/readyz", token=None)[0] in (200, 503):
                        break
                except OSError:
                    pass
                time.sleep(0.1)
            else:
                require(gateway.process.poll() is not None, "%s: neither started nor ended after 25 s: %s" % (name, gateway.said()[-300:]))
            seen[name] = "ended with %s" % gateway.process.returncode if gateway.process.poll() is not None else "serves"
            require("Exception" not in gateway.said() or "portcullis:" in gateway.said(), "%s: %s" % (name, gateway.said()[-300:]))
    finally:
        for _, gateway in starts:
            gateway.stop()
            subprocess.run(["rm", "-rf", gateway.folder], check=False)
    return str(seen)


run(attack)
