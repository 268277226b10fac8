"""The application gunicorn serves."""

import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vpcp_training.settings")

application = get_wsgi_application()
if connection.vendor == "sqlite" and not connection.is_in_memory_db():
    # Serving never makes a database, which SQLite would where the file is away: an empty one would stand in its place.
    connection.settings_dict["NAME"] = f"{Path(connection.settings_dict['NAME']).resolve().as_uri()}?mode=rw"
