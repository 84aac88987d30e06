#!/usr/bin/env python3
"""Runs all attacks, or those whose names are given, against the archive that PORTCULLIS_HOME names. Ends with 1 if one had success.

A gateway is started once for all attacks that do it no harm.
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import time

import common

SECONDS = 60


def ran(name, environment):
    began = time.monotonic()
    try:
        done = subprocess.run([sys.executable, "-B", os.path.join(common.HERE, name)], capture_output=True, timeout=SECONDS,
                              env=environment, check=False)
        said = (done.stdout + done.stderr[-2000:]).decode("utf-8", "backslashreplace").strip()
    except subprocess.TimeoutExpired:
        said = "broken: it did not end within %d s" % SECONDS
    return name, said, time.monotonic() - began


def main():
    wanted = sys.argv[1:]
    names = sorted(name for name in os.listdir(common.HERE)
                   if name[:2].isdigit() and (not wanted or any(name.startswith(one) for one in wanted)))
    jar = common.plugin()
    gateway = common.Gateway(plugins=[jar])
    broken = 0
    try:
        gateway.start()
        facts = {key: getattr(gateway, key) for key in ("folder", "state", "config", "plugins", "port", "output")}
        environment = dict(os.environ, PORTCULLIS_ATTACK_SHARED=json.dumps(facts), PORTCULLIS_ATTACK_PLUGIN=jar)
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            for name, said, took in pool.map(lambda one: ran(one, environment), names):
                broken += not said.startswith("held: ")
                print("%-34s %4.1f s  %s" % (name, took, said), flush=True)
    finally:
        gateway.stop()
        shutil.rmtree(gateway.folder, ignore_errors=True)
        if not os.environ.get("PORTCULLIS_ATTACK_PLUGIN"):
            shutil.rmtree(os.path.dirname(jar), ignore_errors=True)
    print("%d attacks, %d had success" % (len(names), broken))
    return 1 if broken or not names else 0


if __name__ == "__main__":
    sys.exit(main())
