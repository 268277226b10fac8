"""The application that is served, started as gunicorn starts it."""

import os
import subprocess
import sys

from django.conf import settings

ASK = """
from wsgiref.util import setup_testing_defaults
from vpcp_training.wsgi import application
asked = {"PATH_INFO": "/healthz"}
setup_testing_defaults(asked)
application(asked, lambda status, headers: print(status))
"""


def test_serving_makes_no_database_where_its_file_is_away(tmp_path):
    file = tmp_path / "vpcp.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}"}
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.stdout == "503 Service Unavailable\n", done.stderr
    assert not file.exists()
