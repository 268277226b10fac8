"""What was acknowledged is on the disk: an embedded database waits for it at each commit."""

import pytest
from django.db import connection, connections

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL waits by itself"),
]

FULL = 2


def test_a_connection_to_a_file_waits_for_the_disk(tmp_path):
    file = connections.create_connection("default")
    file.settings_dict = {**file.settings_dict, "NAME": str(tmp_path / "vpcp.sqlite3")}
    with file.cursor() as cursor:
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")]
    file.close()
    assert found == [FULL, "wal"]
