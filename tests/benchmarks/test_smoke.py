"""The benchmarks still run, on an office of a few people; how fast they are is not asserted."""

import json
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.fixture(scope="module")
def results():
    """What the command prints as JSON, from databases of its own."""
    command = [sys.executable, "-m", "benchmarks", "--size", "XS", "--runs", "1", "--format", "json"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["results"]


def test_every_benchmark_compares_two_times(results):
    names = " ".join(result["name"] for result in results)
    for subject in (
        "import",
        "enroll",
        "yearly report",
        "Excel",
        "list",
        "lines among",
        "dashboard",
        "picker",
        "single saves",
    ):
        assert subject in names
    assert all(result["ours_ms"] > 0 and result["rival_ms"] > 0 and result["aim"] > 0 for result in results)
