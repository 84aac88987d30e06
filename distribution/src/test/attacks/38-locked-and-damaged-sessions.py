"""Another process locks or damages the session store: governed calls wait, or nothing says so."""
import os
import sqlite3
import time

from common import *


def attack():
    with Gateway(plugins=[plugin()]) as gateway:
        stores = [os.path.join(base, name) for base, _, names in os.walk(gateway.state) for name in names if name.endswith((".db", ".sqlite"))]
        require(stores, "no session store in " + str(os.listdir(gateway.state)))
        other = sqlite3.connect(stores[0], timeout=1, isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            other.execute("BEGIN EXCLUSIVE")
            locked = True
        except sqlite3.OperationalError:
            locked = False
        began = time.monotonic()
        gateway.serves()
        plain = time.monotonic() - began
        status, answer = gateway.invoke("sessions_list", seconds=15)
        took = time.monotonic() - began
        require(status in (200, 500) and plain < 6 and took < 14, "%s after %.1f s, an ordinary call %.1f s" % (status, took, plain))
        other.close()
        require(gateway.invoke("sessions_list", seconds=15)[0] == 200, "after the lock")
    return "%s: ordinary calls %.2f s, sessions_list %s after %.1f s" % ("locked" if locked else "the gateway keeps its own lock", plain, status, took)


run(attack)
