"""`./run` says what it wants; the rest of it is what runs these tests."""

import socket
import subprocess
import sys

from django.conf import settings

RUN = settings.BASE_DIR / "run"


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, RUN, *arguments], capture_output=True, text=True)


def test_without_a_command_it_shows_its_commands_and_fails():
    for arguments in ([], ["deploy"]):
        answer = run(*arguments)
        assert answer.returncode == 2
        assert "./run demo [--no-serve] [--port N]" in answer.stderr


def test_help_is_no_failure():
    answer = run("--help")
    assert answer.returncode == 0
    assert "./run bench" in answer.stdout


def test_a_taken_port_is_one_sentence_before_anything_is_done():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = run("demo", "--port", str(port))
    assert answer.returncode == 1
    assert answer.stderr.strip() == f"Port {port} is taken or not allowed: choose another, as in ./run demo --port 8765"
    assert answer.stdout == ""


def test_a_port_that_is_no_number_is_refused():
    answer = run("demo", "--port", "http")
    assert answer.returncode == 2
    assert "--port" in answer.stderr
