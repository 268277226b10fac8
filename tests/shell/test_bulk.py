"""Many records written at once: stored and remembered as if each had been saved by itself."""

import datetime

import pytest
from django.db import DataError, connection

from enrollments.models import Enrollment
from enrollments.snapshots import derive
from enrollments.status import Status
from personnel.models import Staff
from tests.builders import EnrollmentBuilder, SessionBuilder, StaffBuilder, UserBuilder
from vpcp_training.bulk import array_parameter, create_with_history, update_with_history
from vpcp_training.searching import search_text

pytestmark = pytest.mark.django_db


def _facts(history) -> dict:
    """A history row without its own id and time."""
    return {f.attname: getattr(history, f.attname) for f in history.tracked_fields} | {
        "kind": history.history_type,
        "by": history.history_user_id,
    }


def test_new_records_are_remembered_as_by_saving_them_one_by_one():
    by, session = UserBuilder(role="hr"), SessionBuilder()
    rows = derive(Enrollment(session=session, staff=StaffBuilder(), status=Status.SENT) for _ in range(3))
    made = create_with_history(Enrollment, rows, by)
    alone = Enrollment(**{f.attname: getattr(made[0], f.attname) for f in Enrollment._meta.concrete_fields})
    alone.pk, alone.staff, alone._history_user = None, StaffBuilder(), by
    alone.save()
    by_saving = _facts(alone.history.get()) | {"id": made[0].pk, "staff_id": made[0].staff_id}
    assert _facts(made[0].history.get()) == by_saving
    assert [row.history.count() for row in made] == [1, 1, 1]


def test_changes_reach_the_records_and_their_history_and_nothing_else():
    by = UserBuilder(role="hr")
    row, other = EnrollmentBuilder(), EnrollmentBuilder()
    row.result, row.certificate_date, row.unit, row.reason = "Giỏi", datetime.date(2012, 3, 4), other.unit, "not named"
    update_with_history(Enrollment, [row], ["result", "certificate_date", "unit"], by)
    stored = Enrollment.objects.get(pk=row.pk)
    assert (stored.result, stored.certificate_date, stored.unit) == ("Giỏi", datetime.date(2012, 3, 4), other.unit)
    assert stored.reason == ""
    newest = row.history.first()
    assert (newest.result, newest.unit, newest.reason) == ("Giỏi", other.unit, "")
    assert (newest.history_type, newest.history_user) == ("~", by)
    assert other.history.filter(history_type="~").count() == 0


def test_nothing_stays_nothing():
    row = EnrollmentBuilder(certificate_date=datetime.date(2012, 3, 4))
    row.certificate_date = row.rank = None
    update_with_history(Enrollment, [row], ["certificate_date", "rank"], None)
    stored = Enrollment.objects.get(pk=row.pk)
    assert (stored.certificate_date, stored.rank) == (None, None)
    assert row.history.first().history_user is None


def test_columns_without_history_are_left_out_of_it():
    person = create_with_history(Staff, [Staff(code="CB9", full_name="Lê An", gender=Staff.Gender.MALE)], None)[0]
    assert Staff.objects.get().search == search_text("CB9", "Lê An")
    assert person.history.get().full_name == "Lê An"


def test_more_records_than_one_statement_takes(django_assert_max_num_queries):
    people = [Staff(code=f"CB{n}", full_name="Lê An", gender=Staff.Gender.MALE) for n in range(1_200)]
    made = create_with_history(Staff, people, None)
    for person in made:
        person.full_name = f"Lê An {person.code}"
    with django_assert_max_num_queries(12):
        update_with_history(Staff, made, ["full_name"], None)
    assert sorted(Staff.objects.values_list("full_name", flat=True)) == sorted(p.full_name for p in made)
    assert Staff.history.count() == 2_400


@pytest.mark.parametrize("name", [r"\N", r"\.", r"C:\new\table\r", "'; --", '"a", {b} %s', "Đặng 𠀀"])
def test_a_text_that_means_something_to_the_database_is_only_text(name):
    person = create_with_history(Staff, [Staff(code="CB9", full_name=name, gender=Staff.Gender.MALE)], None)[0]
    assert Staff.objects.get().full_name == person.history.get().full_name == name
    person.full_name = f"{name} {name}"
    update_with_history(Staff, [person], ["full_name"], None)
    assert Staff.objects.get().full_name == f"{name} {name}"


def test_many_values_find_their_records_in_one_parameter(django_assert_num_queries):
    people = [StaffBuilder(code=code) for code in ("CB1", 'Q"1', "Đ.1")]
    StaffBuilder(code="CB2")
    codes = {person.code for person in people} | {f"CB{n}" for n in range(100, 40_000)}
    with django_assert_num_queries(2):
        assert list(Staff.objects.filter(code__in=array_parameter(codes)).order_by("pk")) == people
        assert list(Staff.objects.filter(pk__in=array_parameter([people[1].pk]))) == [people[1]]


def test_no_records_is_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert create_with_history(Staff, [], None) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no lengths")
def test_a_text_too_long_is_refused_not_cut():
    person = StaffBuilder()
    person.full_name = "x" * 101
    with pytest.raises(DataError):
        update_with_history(Staff, [person], ["full_name"], None)
