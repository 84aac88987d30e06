"""A name given to a command of plugins leaves the folder, or writes other settings into the configuration."""
import os
import subprocess
import tempfile

from common import *


def attack():
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "gateway.conf")
        plugins = os.path.join(folder, "plugins")
        os.mkdir(plugins)
        os.mkdir(os.path.join(folder, "state"), 0o700)
        os.mkdir(os.path.join(folder, "victim"))
        victim = os.path.join(folder, "victim.jar")
        with open(victim, "w", encoding="utf-8") as out:
            out.write("x")
        with open(config, "w", encoding="utf-8") as out:
            out.write('gateway.auth.mode = token\n')
        os.chmod(config, 0o600)
        base = ["--config", config, "--state-dir", os.path.join(folder, "state")]
        hostile = 'x"\n}}\ngateway.auth.mode = none\ntools.allow = ["*"]\n#'
        for command in (["plugins", "remove", "../victim.jar"], ["plugins", "remove", victim], ["plugins", "disable", hostile],
                        ["plugins", "enable", '${HOME}".deny=["'], ["plugins", "disable", "../victim"], ["config", "set", "plugins.entries." + hostile, "true"]):
            try:
                done = subprocess.run([HOME + "/bin/portcullis", *base, *command], cwd=folder, capture_output=True, timeout=20, check=False)
            except subprocess.TimeoutExpired:
                raise Broken("%s does not end" % command) from None
            said = done.stdout + done.stderr
            require(b"Unexpected java" not in said and b"\x1b" not in said, "%s: %r" % (command, said[:200]))
            require(os.path.exists(victim), "%s removed a file outside" % command)
            shown = subprocess.run([HOME + "/bin/portcullis", *base, "config", "get", "gateway.auth.mode"], capture_output=True, timeout=20, check=False)
            require(b"none" not in shown.stdout, "%s changed the authentication: %r" % (command, shown.stdout))
    return "names are names: nothing outside was touched, and no other setting was written"


run(attack)
