"""What the attacks share: a gateway of the archive, HTTP as bytes, WebSockets, and the verdict.

PORTCULLIS_HOME names the unpacked archive. With PORTCULLIS_ATTACK_SHARED, the JSON that run.py makes, attacks that
do not harm a gateway use the one that runs already.
"""
import base64
import contextlib
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOKEN = "attack-token-0123456789abcdef0123456789abcdef"
READER = "reader-0123456789abcdef0123456789abcdef0123"
HOME = os.environ.get("PORTCULLIS_HOME", "")
CALL = {"tool": "text_statistics", "args": {"text": "one two three"}}


class Broken(Exception):
    """The attack had success."""


def require(true, what):
    if not true:
        raise Broken(what)


def run(attack):
    """Runs an attack, which returns what held; prints one line."""
    try:
        print("held: " + str(attack()).replace("\n", " "))
        sys.exit(0)
    except Broken as broken:
        print("broken: " + str(broken).replace("\n", " ")[:600])
    except (OSError, ValueError, KeyError, AssertionError, subprocess.SubprocessError) as failed:
        print("broken: the attack met what it did not expect: %r" % failed)
    sys.exit(1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


CONFIGURATION = """
gateway.auth { mode = token, token = "%s" }
logging.level = info
tools.allow = ["text_*", "at_*", "session*", "agents_list"]
tools.deny = ["at_denied"]
tools.sessions.visibility = agent
agents.list = [{ id = main }, { id = other, tools.deny = ["text_*"] }]
plugins.entries.attack.services = ["invoker", "sessions", "config"]
%s
"""


class Gateway:
    """One in a folder of its own; with more configuration and plugins if they are given."""

    def __init__(self, more="", plugins=None, text=None, environment=None, folder=None, before=None):
        self.folder = folder or tempfile.mkdtemp(prefix="portcullis-attack-")
        self.state = os.path.join(self.folder, "state")
        os.makedirs(self.state, mode=0o700, exist_ok=True)
        self.config = os.path.join(self.folder, "gateway.conf")
        self.plugins = os.path.join(self.folder, "plugins")
        os.makedirs(self.plugins, mode=0o755, exist_ok=True)
        for jar in plugins or []:
            os.link(jar, os.path.join(self.plugins, os.path.basename(jar)))
        self.write(text if text is not None else CONFIGURATION % (TOKEN, more))
        self.port = free_port()
        self.output = os.path.join(self.folder, "output")
        self.process = None
        self.environment = environment or {}
        if before:
            before(self)

    def write(self, text):
        paths = 'plugins.load.paths = ["%s"]\n' % self.plugins
        with open(self.config + ".new", "w", encoding="utf-8") as out:
            out.write(paths + text)
        os.chmod(self.config + ".new", 0o600)
        os.replace(self.config + ".new", self.config)

    def launch(self):
        environment = dict(os.environ, PORTCULLIS_JAVA_OPTS="-Xmx256m -XX:TieredStopAtLevel=1", **self.environment)
        for name in list(environment):
            if name.endswith(("GATEWAY_TOKEN", "GATEWAY_PASSWORD")) and name not in self.environment:
                del environment[name]
        with open(self.output, "wb") as out:
            self.process = subprocess.Popen(
                [HOME + "/bin/portcullis", "--config", self.config, "--state-dir", self.state, "run",
                 "--port", str(self.port)],
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=environment)
        return self

    def start(self, seconds=40):
        self.launch()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError("the gateway ended with %s: %s" % (self.process.returncode, self.said()[-900:]))
            with contextlib.suppress(OSError, ValueError):
                if self.http("GET", "/readyz", token=None)[0] == 200:
                    return self
            time.sleep(0.1)
        raise AssertionError("the gateway is not ready: " + self.said()[-900:])

    def said(self):
        with open(self.output, encoding="utf-8", errors="replace") as text:
            return text.read()

    def alive(self):
        return self.process is None or self.process.poll() is None

    def stop(self, seconds=15):
        """Asks it to end; how many seconds that took."""
        began = time.monotonic()
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(5)
        return time.monotonic() - began

    def __enter__(self):
        return self.start()

    def __exit__(self, *any_of_them):
        self.stop()
        subprocess.run(["rm", "-rf", self.folder], check=False)

    # --- HTTP

    def connect(self, seconds=8):
        link = socket.create_connection(("127.0.0.1", self.port), timeout=seconds)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return link

    def head(self, method, path, headers=(), token=TOKEN, length=None):
        lines = ["%s %s HTTP/1.1" % (method, path), "Host: 127.0.0.1:%d" % self.port]
        if token:
            lines.append("Authorization: Bearer " + token)
        lines += headers
        if length is not None:
            lines += ["Content-Type: application/json", "Content-Length: %d" % length]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")

    def http(self, method, path, body=None, headers=(), token=TOKEN, seconds=8):
        """Status, header fields in lower case, body."""
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode("utf-8")
        request = self.head(method, path, ["Connection: close", *headers], token,
                            None if content is None else len(content)) + (content or b"")
        with self.connect(seconds) as link:
            link.sendall(request)
            return parsed(everything(link))

    def invoke(self, tool, args=None, headers=(), token=TOKEN, seconds=8, **more):
        status, _, body = self.http(
            "POST", "/tools/invoke", {"tool": tool, "args": args or {}, **more}, headers, token, seconds)
        return status, json.loads(body)

    def serves(self):
        """That it still does what it should."""
        require(self.alive(), "the gateway ended: " + (self.said()[-300:] if self.process else ""))
        status, answer = self.invoke("text_statistics", {"text": "one two three"})
        require(status == 200 and answer["ok"], "an ordinary call is answered with %s %s" % (status, answer))

    def command(self, *arguments, seconds=40, environment=None, given=None):
        """Another command of the distribution: exit status, what it said."""
        done = subprocess.run(
            [HOME + "/bin/portcullis", "--config", self.config, "--state-dir", self.state, *arguments],
            capture_output=True, timeout=seconds, env=dict(os.environ, **(environment or {})), input=given or b"",
            check=False)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


class Shared(Gateway):
    """The gateway that run.py started; it stays."""

    def __init__(self, facts):
        self.process = None
        self.__dict__.update(facts)

    def __enter__(self):
        return self

    def __exit__(self, *any_of_them):
        pass


def shared():
    facts = os.environ.get("PORTCULLIS_ATTACK_SHARED")
    return Shared(json.loads(facts)) if facts else Gateway(plugins=[plugin()])


def everything(link):
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while True:
            part = link.recv(65536)
            if not part:
                break
            parts.append(part)
    return b"".join(parts)


def parsed(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not re.match(r"HTTP/1\.1 \d{3}", lines[0]):
        raise Broken("no HTTP answer: %r" % answer[:120])
    fields = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), []).append(value.strip())
    return int(lines[0][9:12]), fields, body


def answers(data):
    """The status codes of pipelined answers with Content-Length."""
    statuses = []
    while data:
        head, _, rest = data.partition(b"\r\n\r\n")
        match = re.match(rb"HTTP/1\.1 (\d{3})", head)
        if not match:
            raise Broken("what is between answers is no answer: %r" % data[:80])
        statuses.append(int(match.group(1)))
        if statuses[-1] == 100:
            data = rest
            continue
        length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
        data = rest[int(length.group(1)) if length else 0:]
    return statuses


# --- WebSockets

class WebSocket:
    def __init__(self, gateway, headers=(), early=b"", seconds=8, path="/"):
        self.link = gateway.connect(seconds)
        self.link.sendall(gateway.head("GET", path, [
            "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: " + base64.b64encode(os.urandom(16)).decode(), *headers], None) + early)
        self.data = b""
        while b"\r\n\r\n" not in self.data:
            self.more()
        head, _, self.data = self.data.partition(b"\r\n\r\n")
        self.status = int(head[9:12])

    def more(self):
        part = self.link.recv(65536)
        if not part:
            raise ConnectionResetError("closed")
        self.data += part

    def read(self):
        """Opcode and payload of the next frame."""
        while True:
            if len(self.data) >= 2:
                size, at = self.data[1] & 127, 2
                if size == 126 and len(self.data) >= 4:
                    size, at = struct.unpack(">H", self.data[2:4])[0], 4
                elif size == 127 and len(self.data) >= 10:
                    size, at = struct.unpack(">Q", self.data[2:10])[0], 10
                elif size >= 126:
                    size = 1 << 62
                if len(self.data) >= at + size:
                    frame = self.data[0] & 15, self.data[at:at + size]
                    self.data = self.data[at + size:]
                    return frame
            self.more()

    def send(self, value):
        self.link.sendall(frame(value if isinstance(value, bytes) else json.dumps(value).encode("utf-8")))

    def answer(self, request_id):
        while True:
            operation, payload = self.read()
            if operation == 8:
                return {"closed": struct.unpack(">H", payload[:2])[0] if payload else 0,
                        "reason": payload[2:].decode("utf-8")}
            if operation == 1:
                message = json.loads(payload)
                if message.get("type") == "res" and message.get("id") == request_id:
                    return message

    def ask(self, request_id, method, params=None, **more):
        self.send({"type": "req", "id": request_id, "method": method, "params": params or {}, **more})
        return self.answer(request_id)

    def close(self):
        self.link.close()


def hello(token=TOKEN, **more):
    return {"minProtocol": 4, "maxProtocol": 4, "role": "operator", "auth": {"token": token},
            "client": {"id": "cli", "version": "1", "platform": "linux", "mode": "cli"}, **more}


def frame(payload, operation=1, first=0x80):
    mask = b"\0\0\0\0"
    size = len(payload)
    head = bytes([first | operation])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 65536:
        head += b"\xfe" + struct.pack(">H", size)
    else:
        head += b"\xff" + struct.pack(">Q", size)
    return head + mask + payload


def connected(gateway, **more):
    socket_ = WebSocket(gateway)
    answer = socket_.ask("c", "connect", hello(**more))
    require(answer.get("ok"), "connect is refused: %s" % answer)
    return socket_


# --- plugins

def javac():
    for home in (os.environ.get("JAVA_HOME"), os.environ.get("PORTCULLIS_JAVA_HOME")):
        if home and os.path.exists(home + "/bin/javac"):
            return home + "/bin/javac"
    return "javac"


def compiled(source, folder):
    """Classes of one source file: names and bytes."""
    path = os.path.join(folder, os.path.basename(source))
    classes = os.path.join(folder, "classes")
    os.makedirs(classes, exist_ok=True)
    api = next(os.path.join(HOME, "lib", name) for name in os.listdir(HOME + "/lib") if name.startswith("gateway-api"))
    done = subprocess.run([javac(), "-J-Xmx128m", "-J-XX:TieredStopAtLevel=1", "-proc:none", "-nowarn", "-cp", api,
                           "-d", classes, source], capture_output=True, check=False)
    if done.returncode:
        raise AssertionError("%s does not compile: %s" % (path, done.stderr.decode()))
    found = {}
    for base, _, files in os.walk(classes):
        for name in files:
            full = os.path.join(base, name)
            with open(full, "rb") as data:
                found[os.path.relpath(full, classes)] = data.read()
    return found


def with_provider(base, provider, path, manifest="", more=None):
    """The plugin's classes, with another provider than its own."""
    with zipfile.ZipFile(base) as plain:
        entries = {name: plain.read(name) for name in plain.namelist() if name.endswith(".class")}
    entries[SERVICE] = provider + "\n"
    entries.update(more or {})
    return jar(path, entries, manifest)


SERVICE = "META-INF/services/dev.portcullis.gateway.api.tool.ToolProvider"


def jar(path, entries, manifest=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\n" + manifest + "\r\n")
        for name, data in entries.items():
            out.writestr(name, data)
    os.chmod(path, 0o644)
    return path


def plugin():
    """The plugin with tools for attacks, compiled once."""
    ready = os.environ.get("PORTCULLIS_ATTACK_PLUGIN")
    if ready:
        return ready
    folder = tempfile.mkdtemp(prefix="portcullis-attack-plugin-")
    entries = compiled(os.path.join(HERE, "AttackTools.java"), folder)
    entries[SERVICE] = "attack.AttackTools\n"
    return jar(os.path.join(folder, "attack.jar"), entries)
