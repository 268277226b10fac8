"""Units: a tree with dates and predecessors, whose places never change."""

import datetime
import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from personnel.models import Unit
from personnel.services import save_unit
from tests.builders import PostingBuilder, StaffBuilder, UnitBuilder, UserBuilder
from tests.versions import current_version
from vpcp_training.errors import DomainError

pytestmark = pytest.mark.django_db
YEAR_END = datetime.date(2012, 12, 31)


@pytest.fixture
def hr(sign_in):
    return sign_in("hr")


def codes(response) -> list[str]:
    return [row.record.code for row in response.context["table"].paginated_rows]


def test_units_are_listed_as_a_tree_in_the_order_of_the_decree(client, hr, office):
    assert codes(client.get("/units/")) == ["VPCP", "QT", "QT-LT", "HC"]
    UnitBuilder(code="A", parent=office["other"], sort_order=0)
    assert codes(client.get("/units/")) == ["VPCP", "QT", "QT-LT", "HC", "A"]


def test_the_title_of_a_cell_is_the_name_alone_whatever_stands_in_it(client, hr, office):
    UnitBuilder(code="A", name='Vụ "A" <b> & B', parent=office["other"])
    page = client.get("/units/").content.decode()
    assert 'title="Vụ &quot;A&quot; &lt;b&gt; &amp; B"' in page
    assert 'title="<' not in page


def test_order_among_sisters_is_number_then_code(office):
    for code in ("C", "B"):
        UnitBuilder(code=code, parent=office["division"], sort_order=9)
    UnitBuilder(code="D", parent=office["division"], sort_order=8)
    with pytest.raises(ValidationError, match="sâu nhất ba cấp"):
        Unit(code="X", name="X", parent=office["division"]).full_clean()
    sisters = Unit.objects.filter(parent=office["division"]).as_tree()
    assert [unit.code for unit in sisters] == ["D", "B", "C"]


def test_people_of_a_unit_are_those_below_it_too_and_lead_to_the_list(client, hr, office):
    StaffBuilder(posting__unit=office["bureau"])
    StaffBuilder.create_batch(2, posting__unit=office["division"])
    StaffBuilder(posting__unit=office["division"], posting__end=YEAR_END)
    people = Unit.objects.people_on(timezone.localdate())
    assert [people[office[name].pk] for name in ("top", "bureau", "division", "other")] == [3, 3, 2, 0]
    page = client.get("/units/").content.decode()
    assert '<a href="/personnel/?unit=QT">3</a>' in page
    assert client.get("/personnel/?unit=QT").context["table"].paginator.count == 3


def test_leader_sees_the_own_subtree_and_no_form(client, sign_in, office):
    sign_in("leader", office["bureau"])
    page = client.get("/units/")
    assert codes(page) == ["QT", "QT-LT"]
    assert "/edit/" not in page.content.decode()
    for address in ("/new/unit/", "/units/QT/edit/", "/units/QT/history/"):
        assert client.get(address).status_code == 403


def test_units_not_in_force_can_be_told_apart(client, hr, office):
    UnitBuilder(code="OLD", valid_to=YEAR_END)
    assert codes(client.get("/units/?in_force=0")) == ["OLD"]
    assert "OLD" not in codes(client.get("/units/?in_force=1"))
    assert codes(client.get("/units/?q=le+tan")) == ["QT-LT"]


def test_predecessors_and_successors_are_shown_where_there_are_any(client, hr, office):
    assert "Đơn vị tiền thân" not in client.get("/units/").content.decode()
    office["bureau"].predecessors.add(UnitBuilder(code="OLD", name="Cục Cũ", valid_to=YEAR_END))
    page = client.get("/units/").content.decode()
    assert "Đơn vị tiền thân" in page
    assert page.count("Cục Cũ<") == 2  # its own row, and that of its successor


def test_unit_is_created_with_its_parent_and_predecessors(client, hr, office):
    typed = {"code": "QT2", "name": "Cục Quản trị mới", "sort_order": "5", "valid_from": "1/1/2013"}
    places = {"parent": office["top"].pk, "predecessors": [office["bureau"].pk]}
    response = client.post("/new/unit/", typed | places, follow=True)
    unit = Unit.objects.get(code="QT2")
    assert (unit.parent, list(unit.predecessors.all())) == (office["top"], [office["bureau"]])
    assert unit.history.earliest().history_user == hr
    assert "Đơn vị tiền thân Cục Quản trị vẫn còn hiệu lực." in response.content.decode()


def test_last_day_before_the_first_is_refused_beside_its_field(client, hr):
    typed = {"code": "X", "name": "X", "sort_order": "1", "valid_from": "2/1/2013", "valid_to": "1/1/2013"}
    response = client.post("/new/unit/", typed)
    assert response.status_code == 422
    assert response.context["form"].errors["valid_to"] == ["Ngày cuối không được trước ngày đầu."]
    assert not Unit.objects.exists()


def test_edit_page_offers_neither_code_nor_parent_and_sending_them_changes_nothing(client, hr, office):
    unit = office["bureau"]
    fields = client.get("/units/QT/edit/").context["form"].fields
    assert not {"code", "parent"} & set(fields)
    sent = {"name": "Cục Q", "sort_order": "2", "code": "NEW", "parent": "", "version": current_version(unit)}
    assert client.post("/units/QT/edit/", sent).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.code, unit.parent) == ("Cục Q", "QT", office["top"])


def test_service_refuses_another_parent_or_code(office):
    hr = UserBuilder()
    office["division"].parent = office["other"]
    with pytest.raises(DomainError, match="Mã và cấp trên của đơn vị không bao giờ đổi"):
        save_unit(office["division"], [], hr)
    office["bureau"].code = "NEW"
    with pytest.raises(DomainError):
        save_unit(office["bureau"], [], hr)


def test_unit_cannot_be_among_its_own_predecessors_however_far_back(office):
    hr = UserBuilder()
    first, second, third = (UnitBuilder(code=code) for code in ("A1", "A2", "A3"))
    save_unit(second, [first], hr)
    save_unit(third, [second], hr)
    for predecessors in ([third], [first]):
        with pytest.raises(DomainError, match="không thể là tiền thân của chính nó"):
            save_unit(first, predecessors, hr)
    assert not first.predecessors.exists()


def test_dates_warn_and_never_refuse(office):
    hr = UserBuilder()
    old = UnitBuilder(code="OLD", name="Cục Cũ", valid_to=datetime.date(2013, 1, 31))
    PostingBuilder(unit=office["bureau"])
    unit = office["bureau"]
    unit.valid_from, unit.valid_to = datetime.date(2013, 1, 1), datetime.date(2020, 12, 31)
    assert save_unit(unit, [old], hr) == [
        "Đơn vị tiền thân Cục Cũ còn hiệu lực đến 31/01/2013, sau ngày đơn vị này bắt đầu.",
        "Sau 31/12/2020 vẫn còn 1 người công tác tại đơn vị. Hãy nhập nơi công tác mới cho họ.",
    ]
    division = office["division"]
    division.valid_to = datetime.date(2021, 1, 1)
    division.parent = unit
    assert save_unit(division, [], hr) == ["Đơn vị cấp trên Cục Quản trị hết hiệu lực sớm hơn, ngày 31/12/2020."]
    unit.refresh_from_db()
    assert unit.valid_to == datetime.date(2020, 12, 31)


def test_second_of_two_people_who_save_a_unit_is_told(client, hr, office):
    seen = current_version(office["bureau"])
    save_unit(office["bureau"], [office["other"]], UserBuilder(full_name="Trần Hoa"))
    sent = {"name": "Cục Q", "sort_order": "2", "version": seen}
    response = client.post("/units/QT/edit/", sent)
    assert response.status_code == 409
    assert "Vụ Hành chính" in response.content.decode()
    assert list(office["bureau"].predecessors.all()) == [office["other"]]

    assert response.context["form"]["name"].value() == "Cục Q"
    assert response.context["form"]["predecessors"].value() == [office["other"].pk]


def test_predecessors_chosen_by_the_second_of_two_people_are_kept(client, hr, office):
    sent = {"name": "Cục Quản trị", "sort_order": "1", "version": current_version(office["bureau"])}
    office["bureau"].name_en = "Administration"
    save_unit(office["bureau"], [], UserBuilder())
    form = client.post("/units/QT/edit/", {**sent, "predecessors": office["other"].pk}).context["form"]
    assert form["name_en"].value() == "Administration"
    assert form["predecessors"].value() == [str(office["other"].pk)]


def test_history_names_predecessors(client, hr, office):
    save_unit(office["bureau"], [office["other"]], hr)
    entry = client.get("/units/QT/history/").context["entries"][0]
    assert [(c.label, c.old, c.new) for c in entry.changes] == [("Đơn vị tiền thân", "–", "Vụ Hành chính")]


def test_export_has_plain_names_and_the_parent_beside_them(client, hr, office):
    response = client.get("/units/?export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = [(row[1], row[4]) for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert rows == [
        ("Văn phòng Chính phủ", None),
        ("Cục Quản trị", "Văn phòng Chính phủ"),
        ("Phòng Lễ tân", "Cục Quản trị"),
        ("Vụ Hành chính", "Văn phòng Chính phủ"),
    ]


def test_unit_list_needs_few_queries_however_many_units(client, hr, office, django_assert_max_num_queries):
    UnitBuilder.create_batch(40, parent=office["bureau"])
    with django_assert_max_num_queries(9):
        client.get("/units/")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_unit_name_in_the_language_of_the_screen(client, hr, lang):
    UnitBuilder(code="QT", name="Cục Quản trị", name_en="Logistics Bureau")
    client.cookies["django_language"] = lang
    page = client.get("/units/").content.decode()
    assert ("Logistics Bureau" in page) == (lang == "en")


def test_a_unit_is_found_by_each_of_its_short_names(client, hr, office):
    sent = {"name": "Cục Quản trị", "sort_order": "1", "short_names": "Cục QT;  QTTV"}
    client.post("/units/QT/edit/", {**sent, "version": current_version(office["bureau"])})
    assert Unit.objects.get(code="QT").short_names == "Cục QT; QTTV"
    UnitBuilder(code="A", name="Vụ Tài vụ", short_names="QTTVX")
    by_nearness = Unit.objects.order_by(Unit.objects.nearness("qttv"), "code")
    assert [unit.code for unit in by_nearness.matching("qttv")] == ["QT", "A"]
    assert codes(client.get("/units/", {"q": "cuc qt"})) == ["QT"]
    page = client.get("/units/QT/history/").content.decode()
    assert "Tên viết tắt" in page and "Cục QT; QTTV" in page
