"""A database that takes no writes, for real: its disk is full, or it can only be read."""

import pytest
from django.db import connection


@pytest.fixture
def full_disk():
    """A disk without room for the next row. Where a server's cannot be filled, it raises the error it would."""
    if connection.vendor == "sqlite":

        def fill() -> None:
            connection.cursor().execute("VACUUM")  # no free page left
            pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
            connection.cursor().execute(f"PRAGMA max_page_count = {pages}")

        def clear() -> None:
            connection.cursor().execute("PRAGMA max_page_count = 1000000")

    else:

        def fill() -> None:
            with connection.cursor() as cursor:
                cursor.execute(
                    "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'could not extend "
                    "file: No space left on device' USING ERRCODE = '53100'; END $$"
                )
                cursor.execute(
                    "CREATE TRIGGER no_room BEFORE INSERT ON personnel_historicalstaff EXECUTE FUNCTION no_room()"
                )

        def clear() -> None:
            with connection.cursor() as cursor:
                cursor.execute("DROP FUNCTION IF EXISTS no_room() CASCADE")

    yield fill, clear
    clear()


def read_only(on: bool) -> None:
    """Lets the database be read only, as whoever looks after it would."""
    if connection.vendor == "sqlite":
        connection.cursor().execute(f"PRAGMA query_only = {int(on)}")
        return
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute("SET default_transaction_read_only = off")
        cursor.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = {'on' if on else 'off'}")
    connection.close()
