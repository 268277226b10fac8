"""What others changed while somebody had a form open, without any form: versions go in and out as text."""

import pytest

from personnel.models import Posting, Staff, Unit
from vpcp_training.conflicts import Conflicts
from vpcp_training.history import Watch

pytestmark = pytest.mark.django_db


def of(staff: Staff, seen: str = "") -> Conflicts:
    return Conflicts([Watch(staff.history.all()), Watch(Posting.history.filter(staff=staff), about="unit")], seen)


@pytest.fixture
def posted(an) -> Posting:
    unit = Unit.objects.create(code="TCCB", name="Vụ Tổ chức cán bộ")
    return Posting.objects.create(staff=an, unit=unit, start="2020-01-01")


def renamed(staff: Staff, name: str) -> None:
    staff.full_name = name
    staff.save()


def test_a_version_names_the_newest_row_of_every_record_history_by_history(an, posted):
    rows = [an.history.latest("history_id").pk, posted.history.latest("history_id").pk]
    assert of(an).version() == f"{rows[0]}.{rows[1]}"
    other = Posting.objects.create(staff=an, unit=posted.unit, start="2010-01-01", end="2019-12-31")
    assert of(an).version() == f"{rows[0]}.{rows[1]}-{other.history.get().pk}"


def test_nothing_changed_while_the_version_is_the_newest(an, posted):
    conflicts = of(an, seen=of(an).version())
    assert not conflicts.changed_meanwhile()
    assert conflicts.changes() == []
    renamed(an, "Lê Ngọc Ân")
    assert conflicts.changed_meanwhile()


def test_the_changes_of_others_come_history_by_history(an, posted):
    conflicts = of(an, seen=of(an).version())
    posted.start = "2020-02-01"
    posted.save()
    renamed(an, "Lê Ngọc Ân")
    told = [(entry.about, change.old, change.new) for entry in conflicts.changes() for change in entry.changes]
    assert told == [("", "Lê Ngọc An", "Lê Ngọc Ân"), ("Vụ Tổ chức cán bộ", "01/01/2020", "01/02/2020")]
    assert [entry.changes for entry in conflicts.changes(hidden=["full_name", "start"])] == [(), ()]


def test_the_records_are_known_as_they_were_shown(an, posted):
    conflicts = of(an, seen=of(an).version())
    renamed(an, "Lê Ngọc Ân")
    posted.delete()
    assert conflicts.as_shown()[an.pk].full_name == "Lê Ngọc An"
    [row] = conflicts.as_shown(-1).values()
    assert row.staff_id == an.pk


@pytest.mark.parametrize("seen", ["", "0", "-1", "abc", "9" * 30, "\x00", "0.0.0.0", "..."])
def test_a_version_that_nobody_was_shown_is_a_conflict_and_shows_nothing(an, posted, seen):
    conflicts = of(an, seen)
    assert conflicts.changed_meanwhile()
    assert conflicts.as_shown(-1) == {}


def test_where_nothing_is_watched_there_is_no_conflict():
    conflicts = Conflicts([], seen="17")
    assert (conflicts.version(), conflicts.changed_meanwhile(), conflicts.changes()) == ("", False, [])
