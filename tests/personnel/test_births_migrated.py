"""A database of a version that knew births to the day alone, and back to it."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from courses.seed import seed_code_lists
from personnel.models import Staff
from vpcp_training.partial_dates import PartialDate

BEFORE = [("personnel", "0018_short_names_of_units")]
BORN = datetime.date(1975, 3, 5)


def migrate(targets=None):
    executor = MigrationExecutor(connection)
    executor.migrate(targets or executor.loader.graph.leaf_nodes())
    return executor.loader.project_state(targets).apps if targets else None


@pytest.fixture
def before(transactional_db):
    yield migrate(BEFORE)
    call_command("flush", interactive=False, verbosity=0)
    migrate()
    seed_code_lists()


def births(apps) -> list[list]:
    """What people and their histories have."""
    models = (apps.get_model("personnel", name) for name in ("Staff", "HistoricalStaff"))
    return [list(model.objects.order_by("pk").values_list("birth_date", flat=True)) for model in models]


def test_births_are_kept_there_and_back_and_the_keys_of_the_deleted_are_not_given_again(before):
    person = {"full_name": "Lê An", "gender": "male"}
    people, past = (before.get_model("personnel", name).objects for name in ("Staff", "HistoricalStaff"))
    for code, born in (("CB1", BORN), ("CB2", None), ("CB7", None)):
        staff = people.create(code=code, code_key=code, birth_date=born, **person)
        written = {"history_date": "2026-01-01T00:00Z", "history_type": "+"}
        past.create(id=staff.pk, code=code, birth_date=born, **person, **written)
    people.filter(code="CB7").delete()
    migrate()
    first, second = Staff.objects.order_by("pk")
    assert (first.birth_date, first.birth_date.known, second.birth_date) == (BORN, "day", None)
    assert list(Staff.history.order_by("pk").values_list("birth_date", flat=True)) == [BORN, None, None]

    Staff.objects.filter(pk=second.pk).update(birth_date=PartialDate(1980, 4))
    new = Staff.objects.create(code="CB3", birth_date=PartialDate(1981), **person)
    assert new.pk > staff.pk

    first_days = [BORN, datetime.date(1980, 4, 1), datetime.date(1981, 1, 1)]
    assert births(migrate(BEFORE)) == [first_days, [BORN, None, None, datetime.date(1981, 1, 1)]]
