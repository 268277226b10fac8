"""The log: one JSON line an event, which says who, from where and when, and which nobody can write into."""

import json
import logging

import pytest

from vpcp_training.structured_log import JsonFormatter, log_event

pytestmark = pytest.mark.django_db


def test_a_page_that_is_not_theirs_says_who_asked_for_it_from_where_and_when(client, signed_in, lines):
    signed_in("hr")
    assert client.get("/admin/?q=bí mật", REMOTE_ADDR="10.0.0.7").status_code == 403
    line = lines()[-1]
    assert line.pop("time").endswith("+07:00")
    assert line == {
        "level": "WARNING",
        "logger": "django.request",
        "event": "Forbidden (Permission denied): /admin/",
        "user": "hr",
        "address": "10.0.0.7",
        "method": "GET",
        "path": "/admin/",
        "status": 403,
    }


def test_an_event_is_one_line_whatever_it_holds(lines, capsys):
    log_event("export", user="hr", what="Cán bộ\n{}\u2028\x9b31m", rows=12)
    (line,) = lines()
    assert (line["event"], line["user"], line["rows"]) == ("export", "hr", 12)
    assert line["what"] == "Cán bộ\n{}\u2028\x9b31m"
    record = logging.makeLogRecord({"msg": "một\nhai\x85ba\u202e"})
    assert json.loads(JsonFormatter().format(record))["event"] == "một\nhai\x85ba\u202e"
    assert JsonFormatter().format(record).isascii()
    assert "\n" not in JsonFormatter().format(record)


def test_a_fault_is_one_line_too():
    try:
        raise ValueError("hai\ndòng")
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "x", "levelno": logging.ERROR, "exc_info": (type(error), error, None)})
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert "hai\ndòng" in json.loads(line)["traceback"]
