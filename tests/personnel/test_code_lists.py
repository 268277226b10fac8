"""The code lists an administrator keeps: fields, training providers, positions and ranks."""

import re
import unicodedata
from html import unescape

import pytest

from courses.forms import CourseForm
from courses.models import Field, Provider
from exchange.workbook import import_workbook
from personnel.models import ExportLog, Position, Rank
from tests.builders import CourseBuilder, EnrollmentBuilder, PositionBuilder, ProviderBuilder, SessionBuilder
from tests.exchange.workbooks import OFFICE, posting, session, written
from tests.versions import current_version

pytestmark = pytest.mark.django_db
# Each with what its form needs, and the name of a new record.
LISTS = {
    "fields": (Field, {"code": "CDS", "name": "Chuyển đổi số", "sort_order": "9"}),
    "providers": (Provider, {"name": "Học viện Chuyển đổi số"}),
    "positions": (Position, {"name": "Kế toán trưởng", "sort_order": "20"}),
    "ranks": (Rank, {"code": "06.031", "name": "Kế toán viên"}),
}
EACH_LIST = pytest.mark.parametrize("path", LISTS)


@pytest.fixture
def admin(sign_in):
    return sign_in("admin")


def listed(client, path: str, query: str = "") -> list[str]:
    rows = client.get(f"/code-lists/{path}/?{query}").context["table"].paginated_rows
    return [row.record.name for row in rows]


def post(client, path: str, record, page: str = "", **sent):
    return client.post(f"/code-lists/{path}/{record.pk}/{page}", {"version": current_version(record), **sent})


@EACH_LIST
def test_a_new_record_is_added_found_corrected_and_deleted_and_the_history_says_who(client, admin, path):
    model, sent = LISTS[path]
    assert client.post(f"/code-lists/{path}/add/", sent).status_code == 302
    record = model.objects.get(name=sent["name"])
    assert listed(client, path, "q=" + {"providers": "chuyen+so"}.get(path, record.name.lower())) == [record.name]
    assert post(client, path, record, **{**sent, "name": "Tên khác"}).status_code == 302
    newest, created = client.get(f"/code-lists/{path}/{record.pk}/history/").context["entries"]
    assert [(c.label, c.old, c.new) for c in newest.changes] == [("Tên", sent["name"], "Tên khác")]
    assert (newest.by, created.by, created.kind) == (str(admin), str(admin), "+")
    assert post(client, path, record, "delete/").status_code == 302
    assert not model.objects.filter(pk=record.pk).exists()
    assert model.history.filter(id=record.pk, history_type="-").get().history_user == admin


@EACH_LIST
def test_what_is_there_already_is_refused_in_any_case_of_letters(client, admin, path):
    model, sent = LISTS[path]
    model.objects.create(**sent)
    known_by = "code" if "code" in sent else "name"
    typed = unicodedata.normalize("NFD", f" {sent[known_by].upper()}\u200b")
    response = client.post(f"/code-lists/{path}/add/", {**sent, known_by: typed})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        known_by: ["Đã có trong danh mục. Chọn tên hoặc mã khác, hoặc sửa mục đã có."]
    }


@EACH_LIST
def test_an_empty_form_names_what_is_missing(client, admin, path):
    response = client.post(f"/code-lists/{path}/add/", {"sort_order": "x"})
    assert response.status_code == 422
    assert response.context["form"].errors["name"] == ["Hãy nhập: Tên."]


@EACH_LIST
def test_each_list_leads_to_the_others_and_the_menu_to_them(client, admin, path):
    context = client.get(f"/code-lists/{path}/").context
    switch = {line["url"]: line["current"] for line in context["code_lists"]}
    assert switch == {f"/code-lists/{other}/": other == path for other in LISTS}
    assert [line["label"] for line in context["menu"]["account"] if line["current"]] == ["Danh mục"]


def test_used_records_stay(client, admin):
    used = EnrollmentBuilder(
        session__course__field__code="TH", session__provider=ProviderBuilder(), staff__posting__position__name="Cán sự"
    )
    records = {
        "fields": used.field,
        "providers": used.session.provider,
        "positions": used.position,
        "ranks": used.rank,
    }
    for path, record in records.items():
        assert (
            f'href="/code-lists/{path}/{record.pk}/delete/"'
            not in client.get(f"/code-lists/{path}/{record.pk}/").content.decode()
        )
        refused = post(client, path, record, "delete/")
        assert refused.status_code == 422
        assert f"“{record.name}” đang được dùng nên không xóa được" in refused.content.decode()
        assert type(record).objects.filter(pk=record.pk).exists()
    unused = Field.objects.get(code="NN")
    assert f"/code-lists/fields/{unused.pk}/delete/" in client.get(f"/code-lists/fields/{unused.pk}/").content.decode()


def test_a_list_counts_what_uses_each_record(client, admin):
    SessionBuilder.create_batch(3, provider=ProviderBuilder(name="Học viện A"))
    ProviderBuilder(name="Học viện B")
    rows = client.get("/code-lists/providers/").context["table"].rows
    assert {row.record.name: row.record.used for row in rows} == {"Học viện A": 3, "Học viện B": 0}


def test_the_count_leads_to_as_many_rows(client, admin):
    SessionBuilder.create_batch(3, provider=ProviderBuilder(name="Học viện A"), course__field__code="TH")
    SessionBuilder(provider=ProviderBuilder(name="Học viện B"), course__field__code="NN")
    for path, name, count in (("providers", "Học viện A", 3), ("fields", "Tin học", 3), ("fields", "Ngoại ngữ", 1)):
        page = client.get(f"/code-lists/{path}/?q={name}").content.decode()
        (link,) = re.findall(rf'<a href="([^"]*)">{count}</a>', page)
        assert client.get(unescape(link)).context["table"].paginator.count == count


def test_code_of_a_field_stays_and_a_retired_field_is_offered_no_more(client, admin):
    field = Field.objects.get(code="TH")
    course = CourseBuilder(field=field)
    sent = {"code": "X", "name": "Tin học", "sort_order": "5", "retired_from": "2020"}
    assert post(client, "fields", field, **sent).status_code == 302
    field.refresh_from_db()
    assert (field.code, field.retired_from) == ("TH", 2020)
    assert field not in CourseForm().fields["field"].queryset
    assert field in CourseForm(instance=course).fields["field"].queryset


@pytest.mark.parametrize("year", ["20", "3000", "2.020", "năm nay", "9" * 30])
def test_year_of_retiring_is_a_year(client, admin, year):
    field = Field.objects.get(code="TH")
    response = post(client, "fields", field, name="Tin học", sort_order="5", retired_from=year)
    assert response.status_code == 422
    assert "retired_from" in response.context["form"].errors
    assert f'value="{year}"' in response.content.decode()


@pytest.mark.parametrize("order", ["-1", "x", "9" * 30, ""])
def test_order_is_a_number(client, admin, order):
    response = client.post("/code-lists/positions/add/", {"name": "Kế toán trưởng", "sort_order": order})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["sort_order"]


def test_a_position_that_gets_a_level_makes_leaders_of_its_holders(client, admin):
    position = PositionBuilder(name="Kế toán trưởng")
    post(client, "positions", position, name="Kế toán trưởng", sort_order="20", level="division")
    assert position in Position.objects.leading()


def test_first_change_of_what_every_installation_starts_with_shows_what_was_before(client, admin):
    rank = Rank.objects.get(code="01.003")
    post(client, "ranks", rank, name="Chuyên viên", name_en="Officer")
    newest, created = client.get(f"/code-lists/ranks/{rank.pk}/history/").context["entries"]
    assert [(c.old, c.new) for c in newest.changes] == [("Expert", "Officer")]
    assert created.kind == "+"


def test_history_names_who_imported_a_new_position_and_a_new_provider(admin):
    file = written(
        OFFICE
        | {
            "Quá trình công tác": [posting(more={"Chức vụ": "Kế toán trưởng"})],
            "Lớp": [session(more={"Cơ sở đào tạo": "Học viện Chuyển đổi số"})],
        }
    )
    import_workbook(file, by=admin)
    for model, name in ((Position, "Kế toán trưởng"), (Provider, "Học viện Chuyển đổi số")):
        assert model.objects.get(name=name).history.get().history_user == admin


def test_providers_are_in_the_order_of_a_vietnamese_dictionary(client, admin):
    names = ["Đại học Luật", "Đào tạo từ xa", "École nationale", "Học viện Ấn Độ", "Học viện Ý", "Trường Đảng"]
    for name in reversed(names):
        ProviderBuilder(name=name)
    assert listed(client, "providers") == listed(client, "providers", "sort=name") == names
    assert listed(client, "providers", "sort=-name") == names[::-1]


@EACH_LIST
def test_export_of_a_list_is_logged(client, admin, path):
    content = b"".join(client.get(f"/code-lists/{path}/?export=xlsx").streaming_content)
    assert content.startswith(b"PK")
    assert ExportLog.objects.get().user == admin


@EACH_LIST
def test_lists_are_sorted_by_what_uses_the_records(client, admin, path):
    EnrollmentBuilder(session__provider=ProviderBuilder())
    ProviderBuilder(name="Học viện B")
    rows = client.get(f"/code-lists/{path}/?sort=-used").context["table"].rows
    used = [row.record.used for row in rows]
    assert used[0] == 1 and set(used[1:]) == {0}


def test_second_of_two_administrators_who_save_a_field_is_told(client, admin):
    field = Field.objects.get(code="TH")
    seen = current_version(field)
    post(client, "fields", field, name="Tin học và chuyển đổi số", sort_order="5")
    response = post(client, "fields", field, name="Công nghệ thông tin", sort_order="5", version=seen)
    assert response.status_code == 409
    assert Field.objects.get(code="TH").name == "Tin học và chuyển đổi số"
