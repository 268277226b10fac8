"""What a server runs: its access log says who asked, and cookies belong to this host alone."""

import http.client
import json
import os
import socket
import subprocess
import sys

import pytest

ENVIRONMENT = {**os.environ, "SECRET_KEY": "khóa", "DJANGO_SETTINGS_MODULE": "vpcp_training.settings"}


@pytest.mark.django_db
def test_the_server_hears_who_asked_and_the_browser_does_not(client, signed_in, settings):
    settings.TRUSTED_PROXIES = 1
    signed_in("hr")
    response = client.get("/personnel/?q=An", headers={"X-Forwarded-For": "1.2.3.4, 10.0.0.7"})
    environ = response.wsgi_request.environ
    assert (environ["vpcp.user"], environ["vpcp.address"]) == ("hr", "10.0.0.7")
    assert "hr" not in response.headers.values()
    assert client.post("/accounts/logout/").wsgi_request.environ["vpcp.user"] is None


def test_gunicorn_writes_a_json_line_a_request_that_nobody_can_write_into(tmp_path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        log = tmp_path / "access.log"
        options = ["--preload", "--logger-class", "vpcp_training.access_log.AccessLog", "--access-logfile", str(log)]
        command = [sys.executable, "-m", "gunicorn", "vpcp_training.wsgi", "--bind", f"fd://{listener.fileno()}"]
        environment = {**ENVIRONMENT, "VPCP_TRUSTED_PROXIES": "1"}
        server = subprocess.Popen(
            [*command, *options, "--no-control-socket"],
            env=environment,
            pass_fds=[listener.fileno()],
            stderr=subprocess.DEVNULL,
        )
        try:
            headers = {"X-Forwarded-For": "10.0.0.7", "User-Agent": 'x" \x85'}
            status, size = _answer(port, "/healthz?q=An", headers)  # which needs no static files, as pages do
        finally:
            server.terminate()
            server.wait()
    (line,) = [json.loads(text) for text in log.read_text().split("\n") if text]
    assert "T" in line.pop("time")
    assert line.pop("milliseconds") >= 0
    assert line == {
        "event": "request",
        "user": None,
        "address": "10.0.0.7",
        "method": "GET",
        "path": "/healthz",
        "status": status,
        "bytes": size,
        "agent": 'x" \x85',
    }


def _answer(port: int, path: str, headers: dict[str, str]) -> tuple[int, int]:
    """The status of an answer, and how many bytes of it came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, len(response.read())


def test_with_https_cookies_belong_to_this_host_alone():
    program = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.test import Client\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, s.SESSION_USED_COOKIE_NAME)\n"
        "headers = {'X-Forwarded-Proto': 'https'}\n"
        "print(Client(headers=headers).post('/i18n/setlang/', {'language': 'en', 'next': '/'}).cookies.output())\n"
    )
    environment = {**ENVIRONMENT, "VPCP_HTTPS": "on", "ALLOWED_HOSTS": "testserver"}
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    names, cookie = ran.stdout.splitlines()
    assert names == "__Host-sessionid __Host-csrftoken __Host-language __Host-used"
    assert cookie.startswith("Set-Cookie: __Host-language=en;")
    assert {"Path=/", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
