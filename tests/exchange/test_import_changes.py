"""What the preview of an import says of stored records: what changes, from what to what, and that nothing else will."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.workbook import import_workbook
from personnel.models import Staff

from .test_import_pages import text, uploaded
from .workbooks import OFFICE, course, enrollment, imported, person, posting, session, unit, written

pytestmark = pytest.mark.django_db

CHANGED_SINCE = "Dữ liệu đã thay đổi sau khi xem trước; chưa lưu gì. Hãy xem lại."


def changes(sheets) -> list[tuple]:
    """What the trial of a workbook says that it would change."""
    first = import_workbook(written(sheets), dry_run=True).changes.first
    return [(c.sheet, c.row, c.record, c.column, c.old, c.new) for c in first]


def _letter(n: int) -> str:
    return chr(ord("Ạ") + n)


def people(number: int, name: str) -> dict:
    return {"Cán bộ": [person(f"CB{n}", {"Họ và tên": f"{name} {_letter(n)}"}) for n in range(number)]}


@pytest.mark.parametrize(
    ("stored", "cell", "told"),
    [
        (1975, datetime.date(1975, 1, 1), [("1975", "01/01/1975")]),
        (datetime.date(1975, 1, 1), "1/1975", [("01/01/1975", "01/1975")]),
        ("1/1975", 1975, [("01/1975", "1975")]),
        (1975, "1975", []),
        ("1/1975", "01/1975", []),
    ],
)
def test_more_or_less_of_a_birth_is_a_change(stored, cell, told):
    imported({"Cán bộ": [person(more={"Ngày sinh": stored})]})
    changed = changes({"Cán bộ": [person(more={"Ngày sinh": cell})]})
    assert [change[-3:] for change in changed] == [("Ngày sinh", *words) for words in told]


def test_each_change_is_told_in_words_in_the_order_of_the_workbook():
    imported(
        {
            **OFFICE,
            "Đơn vị": [unit(), unit("PL"), unit("TC"), unit("M", {"Mã đơn vị tiền thân": "TC"})],
            "Lớp": [session(more={"Kinh phí": 900_000})],
        }
    )
    told = changes(
        {
            "Lượt": [enrollment(more={"Trạng thái": "Hoàn thành", "Kết quả": "Giỏi", "Ngày cấp": "1/4/2012"})],
            "Đơn vị": [unit("QT"), unit("M", {"Mã đơn vị tiền thân": "TC; PL"})],
            "Cán bộ": [person("CB2"), person(more={"Họ và tên": "Lê Ngọc Ân", "Dân tộc thiểu số": "x"})],
            "Quá trình công tác": [posting(more={"Mã đơn vị": "PL", "Chức vụ": "Trưởng ban", "Mã ngạch": 1.003})],
            "Chương trình": [course(more={"Mã lĩnh vực": "nn", "Số tiết": 1_200})],
            "Lớp": [session(more={"Ngày bế giảng": datetime.date(2012, 4, 10), "Kinh phí": "1.500.000"})],
        }
    )
    an, studying = "Lê Ngọc An (CB1)", "Lê Ngọc An (CB1) · L1"
    assert told == [
        ("Đơn vị", 3, "Đơn vị M (M)", "Mã đơn vị tiền thân", "TC", "PL; TC"),
        ("Cán bộ", 3, an, "Họ và tên", "Lê Ngọc An", "Lê Ngọc Ân"),
        ("Cán bộ", 3, an, "Dân tộc thiểu số", "Không", "Có"),
        ("Quá trình công tác", 2, f"{an} · 01/01/2005", "Mã đơn vị", "QT", "PL"),
        ("Quá trình công tác", 2, f"{an} · 01/01/2005", "Chức vụ", "", "Trưởng ban"),
        ("Quá trình công tác", 2, f"{an} · 01/01/2005", "Mã ngạch", "", "01.003"),
        ("Chương trình", 2, "Tin học văn phòng (CT1)", "Mã lĩnh vực", "TH", "NN"),
        ("Chương trình", 2, "Tin học văn phòng (CT1)", "Số tiết", "", "1200"),
        ("Lớp", 2, "Lớp L1 (L1)", "Ngày bế giảng", "09/03/2012", "10/04/2012"),
        ("Lớp", 2, "Lớp L1 (L1)", "Kinh phí", "900.000", "1.500.000"),
        ("Lượt", 2, studying, "Trạng thái", "Được cử", "Hoàn thành"),
        ("Lượt", 2, studying, "Kết quả", "", "Giỏi"),
        ("Lượt", 2, studying, "Ngày cấp", "", "01/04/2012"),
    ]


def test_a_reference_to_what_the_same_file_adds_is_told_by_its_code():
    imported(OFFICE)
    told = changes({"Đơn vị": [unit("PL")], "Quá trình công tác": [posting(more={"Mã đơn vị": "PL"})]})
    assert [change[-2:] for change in told] == [("QT", "PL")]


def test_the_preview_shows_the_changes_and_what_was_there(client, hr):
    imported(OFFICE)
    page = text(client.get(uploaded(client, {"Cán bộ": [person(more={"Họ và tên": "Lê <i>Ân"})]})))
    assert "Thay đổi</h2>" in page
    for cell in ("Lê Ngọc An (CB1)</td>", ">Họ và tên</td>", ">Lê Ngọc An</td>", "Lê &lt;i&gt;Ân</b></td>"):
        assert cell in page
    assert "thay đổi nữa" not in page


def test_the_first_hundred_changes_are_shown_and_the_others_counted(client, hr):
    imported(people(130, "An"))
    page = text(client.get(uploaded(client, people(130, "Bình"))))
    assert f"Bình {_letter(99)}</b>" in page and f"Bình {_letter(100)}</b>" not in page
    assert "và 30 thay đổi nữa" in page


def test_new_and_unchanged_rows_are_no_changes(client, hr):
    imported({"Đơn vị": OFFICE["Đơn vị"]})
    assert changes(OFFICE) == []
    assert "Thay đổi</h2>" not in text(client.get(uploaded(client, OFFICE)))


def test_telling_the_changes_takes_no_query_a_row():
    imported(people(40, "An"))
    asked = []
    for number in (1, 40):
        with CaptureQueriesContext(connection) as queries:
            assert len(changes(people(number, "Bình"))) == number
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_value_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen(client, hr):
    imported(people(130, "An"))
    address = uploaded(client, people(130, "Bình"))
    late = Staff.objects.get(code="CB120")  # not among the changes that are shown
    late.full_name = "Cường"
    late.save()
    assert CHANGED_SINCE in text(client.post(address, {"import": "all"}, follow=True))
    assert Staff.objects.get(code="CB120").full_name == "Cường"
    assert not Staff.objects.filter(full_name__startswith="Bình").exists()
    assert CHANGED_SINCE not in text(client.post(address, {"import": "all"}, follow=True))
    assert Staff.objects.filter(full_name__startswith="Bình").count() == 130


def test_the_preview_after_such_a_change_shows_the_new_value(client, hr):
    imported(people(1, "An"))
    address = uploaded(client, people(1, "Bình"))
    Staff.objects.update(full_name="Cường")
    page = text(client.post(address, {"import": "all"}, follow=True))
    assert ">Cường</td>" in page and ">An Ạ</td>" not in page


def test_other_new_rows_than_were_shown_are_not_added_unseen(client, hr):
    imported({"Cán bộ": [person("CB1")]})
    address = uploaded(client, {"Cán bộ": [person("CB1"), person("CB2")]})
    Staff.objects.all().delete()
    imported({"Cán bộ": [person("CB2")]})  # as many new and unchanged rows as before
    assert CHANGED_SINCE in text(client.post(address, {"import": "all"}, follow=True))
    assert not Staff.objects.filter(code="CB1").exists()
