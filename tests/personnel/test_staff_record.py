"""What holds of staff members whoever writes them."""

import datetime
import unicodedata

import pytest

from enrollments.models import Enrollment
from personnel.models import Staff
from tests.builders import EnrollmentBuilder, PostingBuilder, StaffBuilder, UnitBuilder, UserBuilder

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2012, 6, 1)


def test_name_typed_on_a_mac_is_stored_in_one_form():
    decomposed = unicodedata.normalize("NFD", "Nguyễn  Thị\u00a0Ánh ")
    staff = StaffBuilder(full_name=decomposed)
    staff.refresh_from_db()
    assert staff.full_name == "Nguyễn Thị Ánh"
    assert Staff.objects.matching("anh nguyen").get() == staff


def test_search_takes_words_in_any_order_without_diacritics_and_the_code():
    dung = StaffBuilder(full_name="Đặng Đức Dũng", code="CB0999")
    StaffBuilder(full_name="Đặng Đức Dương")
    assert list(Staff.objects.matching("dung dang")) == [dung]
    assert list(Staff.objects.matching("DŨNG cb0999")) == [dung]


def test_staff_are_ordered_by_given_name_then_family_name():
    names = ["Lê Văn Đức", "Vũ An", "Lê Ân", "Bùi Ánh", "Trần Văn Anh", "Lê Ăn", "Đỗ Dũng", "Cao Dung", "Bùi An"]
    for name in names:
        StaffBuilder(full_name=name, posting=None)
    ordered = list(Staff.objects.by_name().values_list("full_name", flat=True))
    assert ordered == [
        "Bùi An",
        "Vũ An",
        "Trần Văn Anh",
        "Bùi Ánh",
        "Lê Ăn",
        "Lê Ân",
        "Cao Dung",
        "Đỗ Dũng",
        "Lê Văn Đức",
    ]


def test_posting_in_force_includes_its_first_and_last_day():
    staff = StaffBuilder(posting=None)
    PostingBuilder(staff=staff, start=datetime.date(2010, 1, 1), end=TODAY)
    assert list(Staff.objects.in_service(TODAY)) == [staff]
    assert list(Staff.objects.in_service(datetime.date(2010, 1, 1))) == [staff]
    assert not Staff.objects.in_service(TODAY + datetime.timedelta(days=1))


def test_leader_sees_people_of_the_subtree_today_and_people_recorded_there_before():
    top = UnitBuilder()
    division = UnitBuilder(parent=UnitBuilder(parent=top))
    elsewhere = UnitBuilder()
    leader = UserBuilder(role="leader", unit=top)
    here = StaffBuilder(posting__unit=division)
    moved = StaffBuilder(posting__unit=top, posting__end=datetime.date(2012, 12, 31))
    EnrollmentBuilder(staff=moved)
    PostingBuilder(staff=moved, unit=elsewhere, start=datetime.date(2013, 1, 1))
    left_without_trace = StaffBuilder(posting__unit=top, posting__end=datetime.date(2011, 12, 31))
    stranger = StaffBuilder(posting__unit=elsewhere)
    seen = set(Staff.objects.visible_to(leader))
    assert seen == {here, moved}
    assert not seen & {left_without_trace, stranger}
    assert Enrollment.objects.visible_to(leader).get().unit == top


def test_leader_without_a_unit_sees_nobody():
    StaffBuilder()
    assert not Staff.objects.visible_to(UserBuilder(role="leader"))
    assert Staff.objects.visible_to(UserBuilder(role="hr")).count() == 1
