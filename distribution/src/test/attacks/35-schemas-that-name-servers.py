"""A schema makes the gateway ask another server, or read a file."""
import os
import socket
import tempfile
import threading

from common import *


def attack():
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
        asked = []

        def serve():
            while True:
                try:
                    link, _ = server.accept()
                except OSError:
                    return
                asked.append(link.recv(200))
                link.close()

        threading.Thread(target=serve, daemon=True).start()
        jars = [with_provider(plugin(), "attack.AttackTools$Remote", os.path.join(folder, "remote%d.jar" % i), more={"which.txt": str(i)})
                for i in range(7)]
        with Gateway(plugins=jars, environment={"ATTACK_URL": "http://127.0.0.1:%d" % server.getsockname()[1]}) as gateway:
            for name in ("at_remote%d" % i for i in range(7)):
                status, answer = gateway.invoke(name, {"a": 5})
                require(status in (400, 404, 500) and "root:" not in str(answer), "%s: %s %s" % (name, status, str(answer)[:200]))
            gateway.serves()
            require(not asked, "another server was asked: %s" % asked[:1])
    return "nothing is fetched"


run(attack)
