"""A server that is no gateway holds a command up, steers the terminal, or leads its token elsewhere."""
import os
import re
import socket
import subprocess
import threading
import time

from common import *


ANSWERS = {
    "elsewhere": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"ok\":true}",
    "redirect": b"HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:%d/tools/invoke\r\nContent-Length: 0\r\n\r\n",
    "silent": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
    "endless": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[",
    "colours": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
               b'{"ok":true,"result":{"content":[{"type":"text","text":"\\u001b[2J\\u009b31m\\u0007 done"}]}}',
    "words": b"HTTP/1.1 401 No\r\nContent-Type: text/\x1b[31m\r\nConnection: close\r\n\r\n\x1b]0;owned\x07",
}


def trap(name, answer, seen, stop):
    """A server that answers like that."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                link, _ = server.accept()
            except OSError:
                return
            try:
                seen.append((name, link.recv(65536)))
                link.sendall(answer % elsewhere() if name == "redirect" else answer)
                while name == "endless" and not stop.is_set():
                    link.sendall(b"0," * 30_000)
                if name == "silent":
                    stop.wait(25)
                link.close()
            except OSError:
                pass

    threading.Thread(target=serve, daemon=True).start()
    if name == "elsewhere":
        WHERE.append(server.getsockname()[1])
    return server


WHERE = []


def elsewhere():
    return WHERE[0]


def attack():
    with shared() as gateway:
        seen = []
        stop = threading.Event()
        traps = {}
        for name, answer in ANSWERS.items():
            traps[name] = trap(name, answer, seen, stop)
        ports = {name: server.getsockname()[1] for name, server in traps.items()}
        began = time.monotonic()
        commands = {name: subprocess.Popen([HOME + "/bin/portcullis", "--config", gateway.config, "--state-dir", gateway.state, "invoke", "echo",
                                            "--timeout", "2", "--url", "http://127.0.0.1:%d" % port],
                                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                           env=dict(os.environ, PORTCULLIS_GATEWAY_TOKEN="secret-of-the-variable", TARGET=str(ports["elsewhere"])))
                    for name, port in ports.items() if name != "elsewhere"}
        try:
            for name, command in commands.items():
                try:
                    said = command.communicate(timeout=max(1, 25 - (time.monotonic() - began)))[0]
                except subprocess.TimeoutExpired:
                    raise Broken("%s: the command has not ended after 25 s" % name) from None
                require(not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]", said), "%s: the terminal is steered: %r" % (name, said[:200]))
                require(b"secret-of-the-variable" not in said, "%s: the token is shown" % name)
                require(len(said) < 20_000, "%s: %d bytes are shown" % (name, len(said)))
                require(name == "colours" or command.returncode == 1, "%s ended with %s" % (name, command.returncode))
        finally:
            stop.set()
            for command in commands.values():
                if command.poll() is None:
                    command.kill()
            for server in traps.values():
                server.close()
        require(not [name for name, _ in seen if name == "elsewhere"], "a redirect was followed: %s" % seen)
    return "%d servers: given up in time, cleaned, not followed" % len(commands)


run(attack)
