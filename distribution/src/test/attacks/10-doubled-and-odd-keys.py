"""Doubled, escaped or odd keys make the gateway judge one tool and run another."""

from common import *


def attack():
    def post(text):
        status, _, body = gateway.http("POST", "/tools/invoke", text.encode("utf-8", "surrogatepass"))
        return status, body
    with shared() as gateway:
        for text, expected in (
                ('{"tool":"at_count","tool":"at_denied"}', (404,)),
                ('{"tool":"at_denied","name":"at_count"}', (200,)),
                ('{"name":"at_denied","tool":"at_count"}', (404,)),
                ('{"\\u0074ool":"at_denied","args":{}}', (404,)),
                ('{"tool":"at_count","\\u0074ool":"at_denied"}', (404,)),
                ('{"tool":"at_count","\\u006eame":"at_denied"}', (404,)),
                ('{"Tool":"at_count"}', (400,)), ('{"TOOL":"at_count","tool":["at_denied"]}', (400,)),
                ('{"tool":{"toString":"at_denied"}}', (400,)), ('{"tool":["at_count"]}', (400,)), ('{"tool ":"at_count"}', (400,)),
                ('{"__proto__":{"tool":"at_count"}}', (400,)), ('{"tool":"at_count","__proto__":{"tool":"at_denied"}}', (200,)),
                ('{"tool":"at_count","constructor":{"prototype":{"admin":true}}}', (200,)),
                ('{"tool":"at_count","args":{"__proto__":{"x":1},"how":"x","how":7}}', (400,)),
                ('{"tool":"at_count","args":{},"args":"x"}', (400,)), ('[{"tool":"at_count"}]', (400,)),
                ('{"tool":"at_count"}{"tool":"at_denied"}', (400,)), ('{"tool":"at_count",}', (400,)), ("{'tool':'at_count'}", (400,)),
                ('{"tool":"at_count"/*x*/}', (400,)), ('{"tool":"at_\\u0064enied"}', (404,))):
            status, body = post(text)
            require(status in expected and b"denied tool ran" not in body, "%s: %s %r" % (text, status, body[:100]))
    return "the name that is judged is the name that runs"


run(attack)
