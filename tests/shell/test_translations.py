"""The Vietnamese catalogs are complete, compiled, and say everything the code says."""

import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

CATALOGS = [settings.BASE_DIR / folder / "vi/LC_MESSAGES/django.po" for folder in ("locale", "locale_lib")]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
OWN = (
    "manage.py",
    "vpcp_training",
    "personnel",
    "courses",
    "enrollments",
    "exchange",
    "reports",
    "templates",
    "static",
    "tests",
)


@pytest.fixture(params=CATALOGS, ids=lambda path: path.parts[-4])
def catalog(request):
    return request.param


def test_every_message_has_its_vietnamese(catalog):
    po = polib.pofile(catalog)
    assert [entry.msgid for entry in po if not entry.translated()] == []
    assert [entry.msgid for entry in po if entry.fuzzy or entry.obsolete] == []
    assert "nplurals=1" in po.metadata["Plural-Forms"]


def test_the_compiled_catalog_is_that_of_the_source(catalog):
    def messages(file):
        return {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural.get(0) for e in file if e.msgid}

    assert messages(polib.mofile(catalog.with_suffix(".mo"))) == messages(polib.pofile(catalog))


def test_placeholders_are_the_same_in_both_languages(catalog):
    def differing():
        for entry in polib.pofile(catalog):
            source = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
            for text in [entry.msgstr, *entry.msgstr_plural.values()]:
                # A sentence for one may say "one" where the one for many has the number.
                if text and set(PLACEHOLDER.findall(text)) != source:
                    yield entry.msgid

    assert list(differing()) == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed (apt install gettext)")
def test_the_catalog_holds_exactly_the_messages_of_the_code(tmp_path):
    for name in (*OWN, "locale"):
        source = settings.BASE_DIR / name
        skip = shutil.ignore_patterns("vendor", "__pycache__")
        shutil.copytree(source, tmp_path / name, ignore=skip) if source.is_dir() else shutil.copy(source, tmp_path)
    options = ["--locale", "vi", "--no-location", "--no-wrap", "--no-obsolete"]
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *options], cwd=tmp_path, check=True, capture_output=True
    )

    def messages(path):
        return {(entry.msgctxt, entry.msgid) for entry in polib.pofile(path) if not entry.obsolete}

    found = messages(tmp_path / "locale/vi/LC_MESSAGES/django.po")
    held = messages(CATALOGS[0])
    assert found - held == set()
    assert held - found == set()
