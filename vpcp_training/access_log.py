"""The access log of gunicorn: one JSON line a request, with the user and the person's address."""

import json
from datetime import datetime

from gunicorn.glogging import Logger


class AccessLog(Logger):
    """Without the query of an address, in which people search for names."""

    def access(self, resp, req, environ, request_time):
        """Writes the line, where the log is wanted; `for_the_access_log` says who it was."""
        if not self.cfg.accesslog:
            return
        line = {
            "time": datetime.now().astimezone().isoformat("T", "milliseconds"),
            "event": "request",
            "user": environ.get("vpcp.user"),
            "address": environ.get("vpcp.address", environ.get("REMOTE_ADDR")),
            "method": environ.get("REQUEST_METHOD"),
            "path": environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace"),  # as WSGI has it
            "status": int(str(resp.status).split()[0]),
            "bytes": getattr(resp, "sent", None),
            "milliseconds": round(request_time.total_seconds() * 1000),
            "agent": environ.get("HTTP_USER_AGENT"),
        }
        self.access_log.info(json.dumps(line))
