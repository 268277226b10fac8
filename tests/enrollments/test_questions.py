"""The questions asked of enrollments: scope, slices, search, people."""

import datetime

import pytest
from django.db import connection

from enrollments.models import Enrollment
from personnel.models import Staff
from tests.builders import EnrollmentBuilder, PositionBuilder, StaffBuilder, UnitBuilder, UserBuilder

pytestmark = pytest.mark.django_db


def test_a_leader_sees_what_is_recorded_in_the_subtree_whatever_the_person_does_today():
    unit = UnitBuilder(code="QT")
    below = UnitBuilder(code="QT-XE", parent=unit)
    deepest = UnitBuilder(code="QT-XE-1", parent=below)
    seen = [EnrollmentBuilder(staff__posting__unit=place) for place in (unit, below, deepest)]
    EnrollmentBuilder(staff__posting__unit__code="PL")
    moved = EnrollmentBuilder(
        staff__posting__unit=UnitBuilder(code="NC"), staff__posting__end=datetime.date(2012, 6, 30)
    )
    moved.staff.postings.create(unit=unit, start=datetime.date(2012, 7, 1))
    found = Enrollment.objects.visible_to(UserBuilder(role="leader", unit=unit))
    assert set(found) == set(seen)


@pytest.mark.parametrize(("role", "count"), [("admin", 1), ("hr", 1), ("leader", 0)])
def test_without_a_unit_a_leader_sees_nothing(role, count):
    EnrollmentBuilder()
    assert Enrollment.objects.visible_to(UserBuilder(role=role)).count() == count


@pytest.mark.parametrize(
    ("country", "overseas"), [("", False), ("Việt Nam", False), ("viet  nam", False), ("VIETNAM", False), ("Lào", True)]
)
def test_overseas_is_any_country_but_viet_nam(country, overseas):
    row = EnrollmentBuilder(session__country=country)
    row.session.full_clean()
    row.session.save()
    assert Enrollment.objects.in_slice("overseas").exists() is overseas
    assert row.session.is_overseas is overseas


def test_leaders_are_those_whose_snapshot_position_has_a_level():
    for name, level in (("Vụ trưởng", "department"), ("Phó Trưởng phòng", "division"), ("Chuyên viên", "")):
        EnrollmentBuilder(staff__posting__position=PositionBuilder(name=name, level=level))
    EnrollmentBuilder(staff__posting__position=None)
    found = Enrollment.objects.in_slice("leaders").values_list("position__name", flat=True)
    assert sorted(found) == ["Phó Trưởng phòng", "Vụ trưởng"]


@pytest.mark.parametrize("query", ["dang duc", "ĐẶNG  ĐỨC", "duc cb0388", "qlnn-03 dang", "nang cao", "\u0110\u1eb7ng"])
def test_search_finds_person_and_class_without_diacritics(query):
    EnrollmentBuilder()
    row = EnrollmentBuilder(
        staff=StaffBuilder(full_name="Đặng Văn Đức", code="CB0388"),
        session__code="2012-QLNN-03",
        session__name="Tin học nâng cao",
    )
    assert list(Enrollment.objects.matching(query)) == [row]


def test_people_are_counted_once_with_their_participations():
    an, binh, chi = (StaffBuilder(full_name=name) for name in ("An", "Bình", "Chi"))
    for staff, statuses in ((an, ["completed", "sent", "declined"]), (binh, ["proposed"])):
        for status in statuses:
            EnrollmentBuilder(staff=staff, status=status)
    people = Enrollment.objects.people(Staff.objects.by_name())
    assert [(p.full_name, p.participations) for p in people] == [("An", 2), ("Bình", 0)]
    counted = Enrollment.objects.participations().people(Staff.objects.by_name())
    assert [(p.full_name, p.participations) for p in counted] == [("An", 2)]


@pytest.mark.parametrize("role", ["hr", "leader"])
@pytest.mark.parametrize(
    ("question", "status", "index"),
    [
        (lambda rows: rows.awaiting_decision(), "proposed", "enrollment_proposed"),
        (lambda rows: rows.without_result(datetime.date(2013, 1, 1)), "sent", "enrollment_without_result"),
        (lambda rows: rows.without_result(datetime.date(2013, 1, 1)), "studying", "enrollment_without_result"),
        (lambda rows: rows.without_decision(), "completed", "enrollment_without_decision"),
    ],
)
def test_what_waits_for_hr_is_found_by_an_index_of_its_own(role, question, status, index):
    unit = UnitBuilder(code="QT")
    EnrollmentBuilder(staff__posting__unit=unit, status=status, decision_number="")
    EnrollmentBuilder(staff__posting__unit=unit, status="declined", decision_number="12/QĐ")
    waiting = question(Enrollment.objects.visible_to(UserBuilder(role=role, unit=unit)))
    assert waiting.count() == 1
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # which is what few rows are read by
    assert index in waiting.order_by().values("pk").explain()
