"""Chromium as an office in Viet Nam has it, and what it complains about."""

import os

import pytest

from tests.conftest import CHROMIUM

# Playwright runs an event loop in the tests' thread, in which Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["background-networking", "component-update", "sync"]
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", *(f"--disable-{q}" for q in quiet)]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "headless": True, "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    office = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": {"width": 1366, "height": 768}}
    return {**browser_context_args, **office}


@pytest.fixture
def complaints(page):
    """What the browser reports: script errors, and anything the content security policy refused."""
    found = []
    page.on(
        "console", lambda m: found.append(m.text) if m.type in ("error", "warning") and "422" not in m.text else None
    )
    page.on("pageerror", lambda error: found.append(f"script error: {error}"))
    return found
