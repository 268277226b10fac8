"""The vendored front-end files are the ones that were recorded."""

import hashlib

from django.conf import settings

VENDOR = settings.BASE_DIR / "static" / "vendor"


def test_every_vendored_file_is_recorded_and_unchanged():
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    recorded = {path.removeprefix("./"): digest for digest, path in (line.split("  ") for line in lines)}
    found = {str(path.relative_to(VENDOR)): path for path in VENDOR.glob("*/*")}
    assert set(found) == set(recorded)
    for name, path in found.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == recorded[name], name


def test_each_library_stands_beside_its_licence():
    for folder in (path for path in VENDOR.iterdir() if path.is_dir()):
        assert (folder / "LICENSE").exists()


def test_own_scripts_stay_small():
    lines = [len(path.read_text().splitlines()) for path in (settings.BASE_DIR / "static" / "js").glob("*.js")]
    assert max(lines) < 120  # one behaviour a file
    assert sum(lines) < 650
