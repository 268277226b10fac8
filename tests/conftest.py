"""What every test runs with: plain static files, and browser tests only where there is a browser."""

import os
from pathlib import Path

import pytest
from django.utils import translation

# As where the site runs: lxml is here for a tool of the tests alone, and Excel files are written otherwise with it.
os.environ["OPENPYXL_LXML"] = "False"

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Without the manifest, which only `collectstatic` makes."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What one test counted is not what another one would."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def vietnamese_at_first():
    """A request leaves its language behind: no test sees that of another."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True, scope="session")
def fast_passwords():
    """Argon2 is slow by design; the tests make many accounts."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


def _needs_browser(item) -> bool:
    return "browser" in Path(item.path).parts


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Browser tests need Chromium: skipped with the reason without it, failed where it is required.

    They come last: they empty the database, and with it the code lists that other tests find there.
    """
    items.sort(key=_needs_browser)
    browser = [item for item in items if _needs_browser(item)]
    if Path(CHROMIUM).exists():
        return
    reason = f"no Chromium at {CHROMIUM}: install it, or set CHROMIUM to its path"
    if browser and os.environ.get("REQUIRE_BROWSER") == "1":
        raise pytest.UsageError(reason)
    for item in browser:
        item.add_marker(pytest.mark.skip(reason=reason))
