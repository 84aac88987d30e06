"""Doubled or odd x-openclaw headers choose the identity, end in a fault, or come back."""

from common import *


def attack():
    with shared() as gateway:
        value = "x" * 4000
        for fields in (["x-openclaw-message-channel: slack", "x-openclaw-message-channel: node"], ["x-openclaw-message-channel: \x01"],
                       ["x-openclaw-message-channel: " + value], ["x-openclaw-account-id: a", "x-openclaw-account-id: b"],
                       ["x-openclaw-account-id: %0d%0aSet-Cookie: a=b"], ["x-openclaw-scopes: operator.admin,*"],
                       ["x-openclaw-scopes:"], ["x-openclaw-session-key: agent:other:main"], ["X-OpenClaw-Agent-Id: other"],
                       ["x-openclaw-thread-id: " + value], ["x-openclaw-message-to: \u202e<script>"], ["x_openclaw_scopes: operator.admin"],
                       ["x-openclaw-message-channel: " + "\u00ff\u0085"]):
            status, answer, body = gateway.http("POST", "/tools/invoke", CALL, fields)
            require(status in (200, 400), "%s: %s" % (fields[0][:60], status))
            require(b"Set-Cookie" not in body and "set-cookie" not in answer and value.encode() not in body, "echoed: " + fields[0][:60])
            status, _, _ = gateway.http("POST", "/tools/invoke", CALL, fields, token=None)
            require(status in (401, 400), "without a token %s: %s" % (fields[0][:60], status))
        require(gateway.invoke("at_denied", headers=["x-openclaw-scopes: operator.admin"])[0] == 404, "scopes lift a denial")
    return "session headers neither authenticate nor lift, and do not come back"


run(attack)
