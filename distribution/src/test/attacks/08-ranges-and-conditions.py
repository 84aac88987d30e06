"""Range, conditional and cache headers give parts of what is not to be kept."""
import json

from common import *


def attack():
    with shared() as gateway:
        for path in ("/portcullis/v1/config", "/portcullis/v1/status", "/healthz", "/readyz"):
            for field in ("Range: bytes=0-3", "Range: bytes=0-0,1-1,2-2", "If-None-Match: *", "If-Modified-Since: Wed, 01 Jan 2031 00:00:00 GMT",
                          "If-Match: x", "If-Range: x", "Cache-Control: only-if-cached", "Pragma: x"):
                status, fields, body = gateway.http("GET", path, headers=[field])
                require(status == 200, "%s %s: %s" % (path, field, status))
                require(json.loads(body) is not None and not {"etag", "last-modified", "content-range"} & set(fields), path)
                require(fields.get("cache-control") == ["no-store"] or not path.startswith("/portcullis"), "may be kept: " + path)
    return "always whole, never kept"


run(attack)
