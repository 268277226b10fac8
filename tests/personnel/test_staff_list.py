"""The staff list: who is shown to whom, by which filter, in which order, and what the Excel file of it holds."""

import datetime
import io

import openpyxl
import pytest

from personnel.models import ExportLog, Staff
from tests.builders import EnrollmentBuilder, PositionBuilder, PostingBuilder, StaffBuilder

pytestmark = pytest.mark.django_db
LAST_YEAR = datetime.date(2012, 12, 31)


@pytest.fixture
def people(office):
    """One in the bureau, one in its division, one elsewhere, one who left, one who never was posted."""
    head = PositionBuilder(name="Trưởng phòng")
    return {
        "bureau": StaffBuilder(code="B", full_name="Lê Ngọc Ánh", posting__unit=office["bureau"]),
        "division": StaffBuilder(
            code="D",
            full_name="Đỗ Văn An",
            is_ethnic_minority=True,
            posting__unit=office["division"],
            posting__position=head,
        ),
        "other": StaffBuilder(
            code="O", full_name="Bùi Anh", posting__unit=office["other"], category=Staff.Category.CONTRACT_WORKER
        ),
        "left": StaffBuilder(code="L", full_name="Vũ Đức", posting__unit=office["division"], posting__end=LAST_YEAR),
        "new": StaffBuilder(code="N", full_name="Cao Dung", posting=None),
    }


def codes(response) -> list[str]:
    return [row.record.code for row in response.context["table"].paginated_rows]


def test_people_come_in_the_order_of_their_given_names(client, sign_in, people):
    sign_in("hr")
    assert codes(client.get("/personnel/")) == ["D", "O", "B", "N", "L"]  # An, Anh, Ánh, Dung, Đức


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=anh", ["O", "B"]),
        ("q=ngoc+ANH", ["B"]),
        ("unit=QT", ["D", "B"]),
        ("unit=QT-LT", ["D"]),
        ("unit=QT-LT&service=left", ["L"]),
        ("service=in", ["D", "O", "B"]),
        ("service=left", ["N", "L"]),
        ("level=division", ["D"]),
        ("level=department", []),
        ("level=none&unit=VPCP", ["O", "B"]),
        ("category=contract_worker", ["O"]),
        ("minority=1", ["D"]),
        ("minority=0&unit=QT", ["B"]),
    ],
)
def test_filters(client, sign_in, people, query, found):
    sign_in("hr")
    assert codes(client.get(f"/personnel/?{query}")) == found


def test_people_are_sorted_by_the_tree_of_units_and_those_without_one_come_last(client, sign_in, people):
    sign_in("hr")
    assert codes(client.get("/personnel/?sort=unit")) == ["B", "D", "O", "N", "L"]
    assert codes(client.get("/personnel/?sort=-unit"))[-2:] == ["N", "L"]
    assert codes(client.get("/personnel/?sort=-code")) == ["O", "N", "L", "D", "B"]


def test_leader_sees_the_own_subtree_and_neither_the_mark_nor_a_filter_by_it(client, sign_in, people, office):
    sign_in("leader", office["bureau"])
    page = client.get("/personnel/")
    assert codes(page) == ["D", "B"]
    assert "minority" not in page.context["filter"].form.fields
    assert "Dân tộc thiểu số" not in page.content.decode()
    assert codes(client.get("/personnel/?minority=0")) == ["D", "B"]


def test_leader_cannot_widen_the_scope_by_a_filter(client, sign_in, people, office):
    sign_in("leader", office["division"])
    assert client.get("/personnel/?unit=HC").status_code == 422
    assert codes(client.get("/personnel/?q=bui+anh")) == []
    assert codes(client.get("/personnel/?service=left")) == []


def test_leader_sees_of_a_person_who_moved_away_no_unit_and_counts_them_as_gone(client, sign_in, people, office):
    EnrollmentBuilder(staff=people["left"])  # in 2012, recorded in the division
    PostingBuilder(staff=people["left"], unit=office["other"], start=datetime.date(2013, 1, 1))
    sign_in("leader", office["bureau"])
    page = client.get("/personnel/?service=left")
    assert codes(page) == ["L"]
    assert "Vụ Hành chính" not in page.content.decode()
    assert codes(client.get("/personnel/?sort=unit")) == ["B", "D", "L"]


def test_export_holds_the_filtered_rows_in_their_order_and_is_logged(client, sign_in, people):
    user = sign_in("hr")
    response = client.get("/personnel/?unit=QT&sort=unit&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    head = rows.index(("STT", "Họ và tên", "Mã", "Ngày sinh", "Đơn vị", "Chức vụ", "Ngạch"))
    assert [row[1:3] for row in rows[head + 1 :]] == [("Lê Ngọc Ánh", "B"), ("Đỗ Văn An", "D")]
    assert rows[head + 2][4:] == ("Phòng Lễ tân", "Trưởng phòng", "01.003")
    log = ExportLog.objects.get()
    assert (log.user, log.rows, log.query) == (user, 2, "Đơn vị: Cục Quản trị")


def test_export_has_a_date_where_the_day_of_birth_is_known_and_else_text(client, sign_in):
    for code, born in {"A": "1975-03-05", "B": "1975-03", "C": "1975", "D": None}.items():
        StaffBuilder(code=code, full_name=f"Lê {code}", birth_date=born, posting=None)
    sign_in("hr")
    response = client.get("/personnel/?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    births = [cell.value for cell in sheet["D"]]
    assert births[-5:] == ["Ngày sinh", datetime.datetime(1975, 3, 5), "03/1975", "1975", None]
    assert sheet["D"][-4].number_format == "DD/MM/YYYY"


def test_number_of_queries_does_not_grow_with_the_rows(client, sign_in, people, office, django_assert_max_num_queries):
    sign_in("hr")
    StaffBuilder.create_batch(30, posting__unit=office["division"])
    with django_assert_max_num_queries(7):
        client.get("/personnel/?unit=VPCP&sort=unit")


def test_a_page_of_nobody_says_what_to_do(client, sign_in):
    sign_in("hr")
    assert "Chưa có cán bộ nào. Thêm người đầu tiên, hoặc nhập từ Excel." in client.get("/personnel/").content.decode()
