"""`rename_code` gives a record another code, and says why it does not."""

import pytest
from django.core.management import CommandError, call_command

from courses.models import Course, CourseSession, Field
from personnel.models import Rank, Staff, Unit
from tests.builders import CourseBuilder, FieldBuilder, RankBuilder, SessionBuilder, StaffBuilder, UnitBuilder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "model", "builder"),
    [
        ("unit", Unit, UnitBuilder),
        ("staff", Staff, StaffBuilder),
        ("rank", Rank, RankBuilder),
        ("field", Field, FieldBuilder),
        ("course", Course, CourseBuilder),
        ("session", CourseSession, SessionBuilder),
    ],
)
def test_a_record_of_every_kind_gets_another_code(kind, model, builder):
    record = builder(code="CŨ/1")
    call_command("rename_code", kind, "cũ/1", "Đ-2")
    renamed = model.objects.get(code="đ-2")
    assert (renamed.pk, renamed.code) == (record.pk, "Đ-2")
    assert renamed.history.first().code == "Đ-2"
    assert not model.objects.filter(code="CŨ/1").exists()


def test_a_code_may_change_its_case_alone():
    StaffBuilder(code="cb1")
    call_command("rename_code", "staff", "cb1", "CB1")
    assert Staff.objects.get().code == "CB1"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("CB9", "CB3", "Không có cán bộ mã CB9."),
        ("CB1", "cb2", "Đã có mã này: CB2. Hãy chọn mã khác."),
        ("CB1", "CB 3", "Mã chỉ gồm chữ cái, chữ số và các dấu . - _ /, không có khoảng trắng."),
        (
            "CB1",
            "СB3",
            "Không phải chữ La-tinh, dù trông giống: “С” (U+0421). Hãy gõ lại mã bằng chữ La-tinh (kể cả chữ tiếng "
            "Việt) và chữ số 0–9.",
        ),
        ("CB1", "", "Trường này không được để trắng."),
    ],
)
def test_what_it_refuses(old, new, said):
    StaffBuilder(code="CB1")
    StaffBuilder(code="CB2")
    with pytest.raises(CommandError) as refused:
        call_command("rename_code", "staff", old, new)
    assert (str(refused.value), refused.value.returncode) == (said, 2)
    assert set(Staff.objects.values_list("code", flat=True)) == {"CB1", "CB2"}
