"""Somebody else's transaction beside a test, on PostgreSQL: written, and not through yet."""

import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

from django.db import connection, connections, transaction


def waiting() -> int:
    """How many wait for a lock in this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the activity of its first look
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


@contextmanager
def unfinished(write: Callable[[], object]):
    """Somebody else has written, and is through after the block, or as soon as it waits for them."""
    written, over, failed = threading.Event(), threading.Event(), []

    def somebody_else():
        deadline = time.monotonic() + 20
        try:
            with transaction.atomic():
                write()
                written.set()
                while not over.is_set() and not waiting() and time.monotonic() < deadline:
                    over.wait(timeout=0.01)
        except Exception as error:
            failed.append(error)
        finally:
            written.set()
            connections.close_all()

    thread = threading.Thread(target=somebody_else)
    thread.start()
    assert written.wait(timeout=20)
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=30)
    assert failed == []
