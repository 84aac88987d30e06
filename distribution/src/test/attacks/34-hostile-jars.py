"""A jar breaks out, blows up, shadows the API, lies, or is no file, when the gateway starts and while it runs."""
import json
import os
import tempfile
import time
import zipfile

from common import *


def attack():
    with tempfile.TemporaryDirectory() as folder:
        base = plugin()
        path = lambda name: os.path.join(folder, name)
        with zipfile.ZipFile(base) as plain:
            classes = {name: plain.read(name) for name in plain.namelist() if name.endswith(".class")}
        any_class = next(data for name, data in classes.items() if name.endswith("AttackTools.class"))
        jars = [with_provider(base, "attack.AttackTools$Nameless", path("nameless.jar")),
                with_provider(base, "attack.AttackTools$Escaping", path("escaping.jar")),
                with_provider(base, "attack.AttackTools$Changing", path("changing.jar")),
                with_provider(base, "\n".join("attack.No%d" % i for i in range(20_000)), path("services.jar")),
                with_provider(base, "attack.AttackTools", path("slip.jar"), more={"../../../slipped.txt": "x"}),
                with_provider(base, "attack.AttackTools", path("api.jar"), more={"dev/portcullis/gateway/api/tool/ToolResult.class": any_class}),
                with_provider(base, "java.lang.Object", path("object.jar")), with_provider(base, "dev.portcullis.gateway.runtime.cli.Main", path("main.jar")),
                with_provider(base, "attack.AttackTools", path("bomb.jar"), more={"b.bin": b"\0" * 300_000_000}),
                with_provider(base, "attack.AttackTools", path("manifest.jar"), "X: " + "y\r\n z" * 40_000 + "\r\n")]
        with open(path("cut.jar"), "wb") as out, open(base, "rb") as whole:
            out.write(whole.read()[:-40])
        jars.append(path("cut.jar"))

        def odd(gateway):
            os.mkdir(os.path.join(gateway.plugins, "folder.jar"))
            os.symlink("loop.jar", os.path.join(gateway.plugins, "loop.jar"))
            os.mkfifo(os.path.join(gateway.plugins, "pipe.jar"))
            os.symlink("/dev/zero", os.path.join(gateway.plugins, "zero.jar"))
            os.mkdir(os.path.join(gateway.plugins, "x\033[31m"))

        with Gateway(plugins=jars, before=odd) as gateway:
            gateway.serves()
            said = gateway.said()
            require("\033" not in said and "\u202e" not in said, "the start screen steers the terminal")
            require(not os.path.exists("/slipped.txt") and not os.path.exists(path("slipped.txt")), "an entry was written outside")
            status, answer = gateway.invoke("at_changing")
            require(status == 404 or "ran as at_changing" in str(answer), "%s %s" % (status, answer))
            require(gateway.invoke("at_denied")[0] == 404, "a tool took a denied name")
            for name in ("changing.jar", "services.jar"):
                os.unlink(os.path.join(gateway.plugins, name))
                os.mkdir(os.path.join(gateway.plugins, name))
            time.sleep(1.5)
            gateway.serves()
            require(len(json.dumps(json.loads(gateway.http("GET", "/portcullis/v1/plugins")[2]))) < 3_000_000, "the list of plugins")
    return "%d hostile jars and 5 that are none: named, kept out, and the rest served" % len(jars)


run(attack)
