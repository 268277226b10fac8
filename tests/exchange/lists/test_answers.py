"""What people answered about the words of lists is remembered for the whole office, and can be forgotten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from exchange.lists.headings import Column, folded_heading
from exchange.lists.units import Units
from exchange.lists.words import answered_headings, heading_words, person_words, unit_words
from exchange.models import ListAnswer
from exchange.services.answers import forget, remember
from personnel.services import STAFF_DELETION
from tests.builders import StaffBuilder, UnitBuilder, UserBuilder
from vpcp_training.change_sets import ChangeSet

pytestmark = pytest.mark.django_db
DAY = date(2012, 3, 5)


def found(text: str, day: date = DAY) -> str | None:
    unit, _remark = Units(day).find(text)
    return unit and unit.code


def test_the_same_words_in_another_spelling_have_the_same_answer():
    words = person_words("Nguyễn Thuý An", "1975", "Vụ TCCB", "cb01")
    assert words.shown == "Nguyễn Thuý An · 1975 · Vụ TCCB · cb01"
    assert person_words("NGUYỄN THÚY AN", "1975", "vu tccb", "CB01").key == words.key
    others = [
        person_words("Nguyễn Thủy An", "1975", "Vụ TCCB", "cb01"),
        person_words("Nguyễn Thuý An", "1975-03", "Vụ TCCB", "cb01"),
        person_words("Nguyễn Thuý An", "1975", "Vụ TC", "cb01"),
        person_words("Nguyễn Thuý An", "1975", "Vụ TCCB", None),
    ]
    assert words.key not in {other.key for other in others}
    assert unit_words("Phòng A & B").key == unit_words("phong a và b").key
    assert heading_words("Họ và  tên:").key == heading_words("HO VA TEN").key


def test_words_of_a_unit_mean_what_was_answered_while_it_is_in_force():
    bureau = UnitBuilder(code="QT", name="Cục Quản trị", valid_to=date(2012, 12, 31))
    UnitBuilder(code="HC", name="Vụ Hành chính")
    remember(unit_words("Hậu cần"), None, unit=bureau)
    remember(unit_words("Vụ Hành chính"), None, unit=bureau)
    assert (found("HẬU CẦN"), found("hau can - Tổ 2")) == ("QT", "QT")
    assert (found("Vụ Hành chính"), found("Vụ Hành chính", date(2013, 1, 1))) == ("QT", "HC")
    assert found("Hậu cần", date(2013, 1, 1)) is None


def test_a_later_answer_replaces_the_one_before_and_history_says_who():
    bureau, hr, other = UnitBuilder(code="QT"), UserBuilder(), UserBuilder()
    remember(unit_words("Hậu cần"), hr, unit=UnitBuilder(code="A"))
    answer = remember(unit_words("hau can"), other, unit=bureau)
    assert (answer.words, answer.unit, answer.by) == ("hau can", bureau, other)
    assert ListAnswer.objects.count() == 1
    assert list(answer.history.values_list("history_user", flat=True)) == [other.pk, hr.pk]
    assert ChangeSet.objects.latest("pk").words == "Ghi nhớ trả lời về danh sách"


def test_what_is_forgotten_is_read_as_if_never_answered():
    answer = remember(unit_words("Hậu cần"), None, unit=UnitBuilder(code="QT"))
    forget(answer, UserBuilder())
    assert found("Hậu cần") is None
    assert str(ChangeSet.objects.latest("pk")).startswith("Quên trả lời về danh sách")
    assert ListAnswer.history.first().history_type == "-"


def test_columns_are_remembered_by_heading():
    remember(heading_words("Đ/vị"), None, column=Column.UNIT)
    assert answered_headings() == {folded_heading("đ vi"): Column.UNIT}


def test_an_answer_is_one_thing_of_its_kind():
    for wrong in ({}, {"column": Column.UNIT}, {"unit": UnitBuilder(), "staff": StaffBuilder()}):
        with transaction.atomic(), pytest.raises(IntegrityError, match="list_answer_is_of_its_kind"):
            remember(unit_words("Hậu cần"), None, **wrong)


def test_answers_go_with_a_person_entered_by_mistake():
    staff = StaffBuilder(posting=None)
    remember(person_words("An", None, None, None), None, staff=staff)
    assert STAFF_DELETION.owned_by(staff) == ["1 trả lời về danh sách"]
    STAFF_DELETION.delete(staff, UserBuilder())
    assert not ListAnswer.objects.exists()


def test_only_who_sees_the_whole_office_sees_answers():
    remember(heading_words("Đ/vị"), None, column=Column.UNIT)
    seen = [ListAnswer.objects.visible_to(UserBuilder(role=role)).count() for role in ("hr", "auditor", "leader")]
    assert seen == [1, 1, 0]
